import { ApiError, request, wordsOf } from "../core/api";
import type { Device } from "../core/types";
import type { DeviceWrites } from "./plan";

/** What became of the writes to each device. */
export interface Performed {
  readonly done: readonly DeviceWrites[];
  /** In words, with the device. */
  readonly failed: readonly string[];
}

/** Writes device after device; each all or not at all, and not at all where something was written meanwhile. */
export async function perform(plan: readonly DeviceWrites[]): Promise<Performed> {
  const done: DeviceWrites[] = [];
  const failed: string[] = [];
  for (const { device, registers, expected } of plan) {
    try {
      await request<Device>(`/devices/${device}`, { method: "PATCH", body: { registers, expected } });
      done.push({ device, registers, expected });
    } catch (problem) {
      failed.push(`${device}: ${words(problem)}`);
    }
  }
  return { done, failed };
}

function words(problem: unknown): string {
  if (problem instanceof ApiError && problem.status === 412)
    return "a register was written meanwhile, so nothing of this device was changed";
  return wordsOf(problem);
}

/** How many registers are written in all. */
export function size(plan: readonly DeviceWrites[]): number {
  return plan.reduce((sum, each) => sum + Object.keys(each.registers).length, 0);
}
