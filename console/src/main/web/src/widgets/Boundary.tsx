import { Component, type ComponentChildren } from "preact";

interface Props {
  readonly children: ComponentChildren;
}

interface State {
  readonly failed: boolean;
}

/** Holds a fault to the part of the page that it is in, and says there what to do, rather than leave it empty. */
export class Boundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(fault: unknown): void {
    console.error(fault);
  }

  render({ children }: Props, { failed }: State) {
    return failed ? <Fault /> : children;
  }
}

function Fault() {
  return (
    <div class="empty" role="alert">
      <h2>This part of the page has failed</h2>
      <p>Reload the page. When it happens again, tell whoever runs the server what the browser's console (F12) says.</p>
      <p>
        <button type="button" class="button button-main" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </div>
  );
}
