import { serverNow } from "../core/connection";
import { ago } from "../core/format";
import type { ClassDevice } from "../core/types";
import { Exercises } from "./Exercises";
import { NameField } from "./NameField";

interface Props {
  readonly of: ClassDevice;
  readonly editable: boolean;
  readonly changed: () => void;
}

/** A device of the class that has not come since the server was started. */
export function AbsentCard({ of, editable, changed }: Props) {
  return (
    <li class="card board" tabIndex={-1}>
      <header>
        <h3 class="mono">{of.device}</h3>
        <NameField device={of.device} name={of.name} editable={editable} changed={changed} />
        <span class="board-links muted">{of.seen ? `seen ${ago(serverNow() - Date.parse(of.seen))}` : "never seen"}</span>
      </header>
      <Exercises of={of} />
    </li>
  );
}
