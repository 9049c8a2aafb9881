import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import "./app.css";
import { loadSession, session } from "./core/api";
import { connection, refusal } from "./core/connection";
import { useKeys } from "./core/keys";
import { currentRoute, navigate, useRoute } from "./core/router";
import { useStore } from "./core/store";
import { nextTheme } from "./core/theme";
import { Header } from "./frame/Header";
import { KeyList } from "./frame/KeyList";
import { Login } from "./frame/Login";
import { SendPanel } from "./send/SendPanel";
import { forgetSent, sendOpen } from "./send/state";
import { VIEWS } from "./views";
import { Boundary } from "./widgets/Boundary";
import { Toasts } from "./widgets/Toasts";

const ASK_AGAIN_MILLIS = 2_000;

/** Asks who is here until the server answers, and again whenever it is lost. */
function useSession() {
  const current = useStore(session);
  const state = useStore(connection);
  useEffect(() => {
    if (state === "open" && current) return;
    const ask = () => void loadSession().catch(() => {});
    ask();
    const timer = setInterval(ask, ASK_AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [state, current === null]);
  return current;
}

function App() {
  const current = useSession();
  const [keysShown, showKeys] = useState(false);
  const signedIn = !!current?.role;
  useEffect(() => {
    if (!signedIn) forgetSent();
  }, [signedIn]);
  useKeys("Everywhere", [
    { keys: ["?"], does: "Show all keys", run: () => showKeys(true) },
    { keys: ["t"], does: "Light, dark, or as the system", run: nextTheme },
    ...(signedIn
      ? [
          ...VIEWS.map((each, i) => ({ keys: [String(i + 1)], does: each.title, run: () => navigate(each.path) })),
          { keys: ["s"], does: "Open or close the send box", run: () => sendOpen.set(!sendOpen.get()) },
        ]
      : []),
  ]);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Header signedIn={signedIn} onKeys={() => showKeys(true)} />
      <main id="main" class="main" tabIndex={-1}>
        {signedIn && <Refusal />}
        {signedIn ? <CurrentView /> : current && <Login />}
      </main>
      {signedIn && (
        <Boundary>
          <SendPanel />
        </Boundary>
      )}
      {keysShown && <KeyList onClose={() => showKeys(false)} />}
      <Toasts />
    </>
  );
}

/** Why nothing comes live, where the server says so. */
function Refusal() {
  const words = useStore(refusal);
  return words === null ? null : (
    <p class="warning refusal" role="alert">
      {words}
    </p>
  );
}

// The hash is where the page is, so this link may not change it.
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function CurrentView() {
  const { path } = useRoute();
  const name = path.split("/", 1)[0];
  const view = VIEWS.find((each) => each.path === name) ?? VIEWS[0];
  useEffect(() => {
    document.title = `${view?.title ?? ""} · wwep`;
  }, [view]);
  return view ? (
    <Boundary key={view.path}>
      <view.component />
    </Boundary>
  ) : null;
}

const root = document.getElementById("app");
if (root) {
  if (!currentRoute().path) history.replaceState(null, "", `#/${VIEWS[0]?.path}`);
  render(
    <Boundary>
      <App />
    </Boundary>,
    root,
  );
}
