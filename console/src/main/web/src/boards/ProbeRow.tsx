import { ApiError, request, wordsOf } from "../core/api";
import { serverNow } from "../core/connection";
import { ago } from "../core/format";
import type { ClassDevice } from "../core/types";
import { toast } from "../widgets/Toasts";

interface Props {
  readonly of: ClassDevice;
  readonly editable: boolean;
  readonly changed: () => void;
}

/** Not as things are: somebody has to decide first. */
const NOT_NOW = 409;

async function begin(device: string, force: boolean, changed: () => void): Promise<void> {
  try {
    await request(`/class/devices/${device}/probe`, { method: "POST", body: { force } });
    changed();
  } catch (failed) {
    const mayForce = !force && failed instanceof ApiError && failed.status === NOT_NOW && /use force/.test(failed.message);
    toast(wordsOf(failed), mayForce ? { label: "Probe all the same", run: () => void begin(device, true, changed) } : undefined);
  }
}

async function callOff(device: string, changed: () => void): Promise<void> {
  try {
    await request(`/class/devices/${device}/probe`, { method: "DELETE" });
    changed();
  } catch (failed) {
    toast(wordsOf(failed));
  }
}

/** Whether a board looks at the server's certificate, and the button that finds out. */
export function ProbeRow({ of, editable, changed }: Props) {
  return (
    <div class="probe">
      <p>
        {of.verifies !== null && (
          <span class={of.verifies ? "chip chip-good" : "chip chip-bad"}>{of.verifies ? "verifies the server" : "does not verify"}</span>
        )}
        <span class="muted" role="status">
          {words(of)}
        </span>
      </p>
      {editable &&
        (of.probing ? (
          <button type="button" class="button" aria-label={`Call off the probe of ${of.device}`} onClick={() => void callOff(of.device, changed)}>
            Call off
          </button>
        ) : (
          <button
            type="button"
            class="button"
            aria-label={`Probe ${of.device}`}
            title="Show its next TLS connection a wrong certificate, to see whether it hangs up"
            onClick={() => void begin(of.device, false, changed)}
          >
            Probe
          </button>
        ))}
    </div>
  );
}

function words({ probing, probe, verifies }: ClassDevice): string {
  if (probing) return `waiting for a TLS message from ${probing}`;
  if (probe) return `${probe.sentence} (${ago(serverNow() - Date.parse(probe.time))})`;
  return verifies === null ? "whether it verifies the server only a probe can tell" : "";
}
