import { useState } from "preact/hooks";
import { counted, dateAndTime } from "../core/format";
import { registerLabel } from "../registers/names";
import { type ValueFormat, formatValue } from "../values/values";
import { Dialog } from "../widgets/Dialog";
import { toast } from "../widgets/Toasts";
import { perform, size } from "./perform";
import { type DeviceWrites, undo } from "./plan";

interface SetBackProps {
  readonly plan: readonly DeviceWrites[];
  /** The moment whose values are written. */
  readonly time: number;
  readonly format: ValueFormat;
  onClose(): void;
  onDone(): void;
}

/** Shows what would be written, and writes it. */
export function SetBack({ plan, time, format, onClose, onDone }: SetBackProps) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<readonly string[] | null>(null);
  const write = async () => {
    setBusy(true);
    const performed = await perform(plan);
    setBusy(false);
    tell(performed.done, onDone);
    onDone();
    if (performed.failed.length === 0) onClose();
    else setFailed(performed.failed);
  };
  return (
    <Dialog title={failed ? "Not all was set back" : "Set registers back"} onClose={onClose}>
      {failed ? <Failures failed={failed} /> : <Plan plan={plan} time={time} format={format} />}
      <div class="bar dialog-end">
        <span class="bar-space" />
        <button type="button" class="button" onClick={onClose}>
          {failed ? "Close" : "Cancel"}
        </button>
        {!failed && (
          <button type="button" class="button button-main" disabled={busy} onClick={() => void write()}>
            Write {counted(size(plan), "register")}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function Plan({ plan, time, format }: { plan: readonly DeviceWrites[]; time: number; format: ValueFormat }) {
  return (
    <>
      <p>
        {counted(size(plan), "register")} of {counted(plan.length, "device")} will hold again what they held at{" "}
        {dateAndTime(time)}. These are new writes: nothing of the history is lost. A device of which a register is
        written meanwhile stays as it is.
      </p>
      <ul class="plan">
        {plan.map(({ device, registers, expected }) => (
          <li key={device}>
            <strong class="mono">{device}</strong>
            <ul>
              {Object.entries(registers).map(([register, value]) => (
                <li key={register} class="mono">
                  {registerLabel(register)}: {held(expected[register], format)} → {formatValue(value, format)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

function held(value: number | null | undefined, format: ValueFormat): string {
  return typeof value === "number" ? formatValue(value, format) : "unwritten";
}

function Failures({ failed }: { failed: readonly string[] }) {
  return (
    <ul class="plan error">
      {failed.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}

function tell(done: readonly DeviceWrites[], onUndone: () => void): void {
  if (done.length === 0) return;
  const run = async () => {
    const undone = await perform(done.map(undo));
    onUndone();
    toast(
      undone.failed.length === 0 ? `${counted(size(undone.done), "register")} taken back` : undone.failed.join("; "),
    );
  };
  toast(`${counted(size(done), "register")} of ${counted(done.length, "device")} set back`, {
    label: "Undo",
    run: () => void run(),
  });
}
