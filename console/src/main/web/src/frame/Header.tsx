import { logOut, session, wordsOf } from "../core/api";
import { connection } from "../core/connection";
import { href, useRoute } from "../core/router";
import { useStore } from "../core/store";
import { nextTheme, theme } from "../core/theme";
import { sendOpen } from "../send/state";
import { VIEWS } from "../views";
import { Icon } from "../widgets/Icon";
import { toast } from "../widgets/Toasts";

const CONNECTION_WORDS = { connecting: "Connecting …", open: "Connected", lost: "No answer, trying again" } as const;

const THEME_WORDS = { auto: "Colours as the system has them", light: "Light", dark: "Dark" } as const;

// The file is named by its content, so only the page knows its name.
const iconUrl = document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href;

/** The page's head: where one is, whether the server answers, and what works from everywhere. */
export function Header({ signedIn, onKeys }: { signedIn: boolean; onKeys: () => void }) {
  const state = useStore(connection);
  return (
    <header class="header">
      <a class="brand" href={href(VIEWS[0]?.path ?? "")} aria-label="wwep, first page">
        <img src={iconUrl} alt="" />
        wwep
      </a>
      {signedIn && <Tabs />}
      <div class="header-end">
        <span class="connection" data-state={state} role="status">
          <span class="connection-words">{CONNECTION_WORDS[state]}</span>
        </span>
        {signedIn && <SendButton />}
        <SessionEnd />
        <ThemeButton />
        <button type="button" class="icon-button" title="All keys (?)" aria-label="All keys" onClick={onKeys}>
          ?
        </button>
      </div>
    </header>
  );
}

function Tabs() {
  const { path } = useRoute();
  const current = path.split("/", 1)[0];
  return (
    <nav class="nav" aria-label="Views">
      {VIEWS.map((each, i) => (
        <a
          key={each.path}
          href={href(each.path)}
          aria-current={each.path === current ? "page" : undefined}
          title={`${each.title} (${i + 1})`}
        >
          {each.title}
        </a>
      ))}
    </nav>
  );
}

function SendButton() {
  const open = useStore(sendOpen);
  return (
    <button
      type="button"
      class="button"
      aria-expanded={open}
      title="Send a message (s)"
      onClick={() => sendOpen.set(!open)}
    >
      <Icon name="send" />
      <span class="button-words">Send</span>
      <span class="hidden">a message</span>
    </button>
  );
}

function ThemeButton() {
  const current = useStore(theme);
  return (
    <button
      type="button"
      class="icon-button"
      title={`${THEME_WORDS[current]} (t)`}
      aria-label={`Colours: ${THEME_WORDS[current]}`}
      onClick={nextTheme}
    >
      <Icon name={current} />
    </button>
  );
}

/** Who is here, where one has logged in. */
function SessionEnd() {
  const current = useStore(session);
  // Nobody else has a token.
  if (!current?.csrf) return null;
  return (
    <>
      <span class="chip">{current.role}</span>
      <button type="button" class="button" onClick={() => void logOut().catch((failed) => toast(wordsOf(failed)))}>
        Log out
      </button>
    </>
  );
}
