import { ApiError, request } from "../core/api";
import type { RegisterValue } from "../core/types";
import { hex } from "../core/format";

/** What became of a change: it was made, or somebody else was quicker. */
export type Outcome =
  | { readonly made: true; readonly value: number }
  | {
      readonly made: false;
      /** What the register holds now; null where it is unwritten. */
      readonly current: number | null;
    };

/**
 * Writes a register unless somebody else has written it meanwhile.
 *
 * @param expected what it is believed to hold; null where it is believed to be unwritten
 * @throws ApiError where it may not or cannot be written
 */
export async function change(
  device: string,
  register: string,
  expected: number | null,
  value: number,
): Promise<Outcome> {
  const headers: Record<string, string> =
    expected === null ? { "If-None-Match": "*" } : { "If-Match": `"${hex(expected)}"` };
  try {
    const { body } = await request<RegisterValue>(`/devices/${device}/registers/${register}`, {
      method: "PUT",
      headers,
      body: { value },
    });
    return { made: true, value: body.value };
  } catch (failed) {
    if (failed instanceof ApiError && failed.status === 412) return { made: false, current: currentOf(failed) };
    throw failed;
  }
}

function currentOf({ problem }: ApiError): number | null {
  const current = problem?.current;
  if (typeof current === "number") return current;
  return typeof current === "object" && current !== null && "value" in current ? Number(current.value) : null;
}
