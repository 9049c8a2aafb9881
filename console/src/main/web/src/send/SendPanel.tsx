import "./send.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { session } from "../core/api";
import { useStore } from "../core/store";
import { AttemptView } from "./AttemptView";
import { LESSONS, type Lesson, MISTAKES } from "./lessons";
import { attempts, sendMessage, sendOpen } from "./state";
import type { SendDoor } from "./transmit";

/** The send box: any message, by the real port, with what came back and why. */
export function SendPanel() {
  return useStore(sendOpen) ? <Panel /> : null;
}

function Panel() {
  const [message, setMessage] = useState("W0FAC0B1234");
  const [door, setDoor] = useState<SendDoor>("plain");
  const sent = useStore(attempts);
  const viewer = useStore(session)?.role === "viewer";
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    input.current?.select();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  const recall = useRecall(sent.map((each) => each.message), setMessage);
  const send = (what: string) => {
    setMessage(what);
    recall.reset();
    void sendMessage(what, door);
  };
  return (
    <aside class="send" aria-label="Send box" onKeyDown={closeOnEscape}>
      <header class="dialog-head">
        <h2>Send a message</h2>
        <button type="button" class="icon-button" aria-label="Close" title="Close (Esc)" onClick={() => sendOpen.set(false)}>
          ×
        </button>
      </header>
      {viewer && <p class="muted">Only senders and editors may send: log in with a sender's or an editor's password.</p>}
      <form
        class="send-form"
        onSubmit={(event) => {
          event.preventDefault();
          send(message);
        }}
      >
        <label class="field">
          <span>Bytes; \0, \r, \n, \t, \\ and \xNN are what they are in C</span>
          <input
            ref={input}
            class="input mono"
            value={message}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            onInput={(event) => setMessage(event.currentTarget.value)}
            onKeyDown={recall.onKeyDown}
          />
        </label>
        <div class="send-row">
          <DoorChoice door={door} onChange={setDoor} />
          <button type="submit" class="button button-main" disabled={viewer || !message}>
            Send
          </button>
        </div>
      </form>
      <Lessons title="Right" lessons={LESSONS} disabled={viewer} onSend={send} />
      <Lessons title="Typical mistakes, to learn from" lessons={MISTAKES} disabled={viewer} onSend={send} />
      <ol class="attempts" aria-label="What was sent, newest first">
        {sent.map((each) => (
          <AttemptView key={each.number} attempt={each} onAgain={() => send(each.message)} />
        ))}
      </ol>
    </aside>
  );
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  event.preventDefault();
  sendOpen.set(false);
}

/** Arrow up and down go through what was sent before, as in a shell. */
function useRecall(messages: readonly string[], onRecall: (message: string) => void) {
  const at = useRef(-1);
  return {
    reset: () => {
      at.current = -1;
    },
    onKeyDown: (event: KeyboardEvent) => {
      const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
      const found = messages[at.current + step];
      if (step === 0 || found === undefined) return;
      event.preventDefault();
      at.current += step;
      onRecall(found);
    },
  };
}

function DoorChoice({ door, onChange }: { door: SendDoor; onChange: (door: SendDoor) => void }) {
  return (
    <div class="segments" role="group" aria-label="Port">
      {(["plain", "tls"] as const).map((each) => (
        <button key={each} type="button" class="button" aria-pressed={door === each} onClick={() => onChange(each)}>
          {each === "tls" ? "TLS" : "Plain"}
        </button>
      ))}
    </div>
  );
}

interface LessonsProps {
  readonly title: string;
  readonly lessons: readonly Lesson[];
  readonly disabled: boolean;
  readonly onSend: (message: string) => void;
}

function Lessons({ title, lessons, disabled, onSend }: LessonsProps) {
  return (
    <section class="lessons" aria-label={title}>
      <h3>{title}</h3>
      {lessons.map((each) => (
        <button key={each.title} type="button" class="button" disabled={disabled} title={each.message} onClick={() => onSend(each.message)}>
          {each.title}
        </button>
      ))}
    </section>
  );
}
