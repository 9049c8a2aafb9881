import { useEffect, useRef, useState } from "preact/hooks";
import { logIn, wordsOf } from "../core/api";

/** Asks for the password of a viewer, a sender or an editor. */
export function Login() {
  const [words, setWords] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await logIn(input.current?.value ?? "");
    } catch (failed) {
      setBusy(false);
      setWords(wordsOf(failed));
      input.current?.select();
    }
  };
  return (
    <form class="login" onSubmit={submit}>
      <h1>Log in to this server</h1>
      {/* Password managers look for a name. */}
      <input type="text" name="username" autocomplete="username" value="wwep" hidden readOnly />
      <label class="field">
        <span>Password</span>
        <input
          ref={input}
          class="input"
          type="password"
          autocomplete="current-password"
          required
          aria-invalid={words !== null}
          aria-describedby="login-error"
        />
      </label>
      <p id="login-error" class="error" role="alert">
        {words}
      </p>
      <button type="submit" class="button button-main" disabled={busy}>
        Log in
      </button>
      <p class="muted">Whoever runs the server has the passwords: for viewers, who look; for senders, who send messages too; for editors, who change everything.</p>
    </form>
  );
}
