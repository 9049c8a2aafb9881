import { keyGroups, lettersOn } from "../core/keys";
import { useStore } from "../core/store";
import { Dialog } from "../widgets/Dialog";

const NAMES: Readonly<Record<string, string>> = { " ": "Space", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

/** All keys that work at the moment. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const groups = useStore(keyGroups).filter((each) => each.bindings.length > 0);
  const letters = useStore(lettersOn);
  return (
    <Dialog title="Keys" onClose={onClose}>
      {groups.map((group) => (
        <section key={group.title} class="keys-group">
          <h3>{group.title}</h3>
          <dl>
            {group.bindings.map((each) => [
              <dt key={`${each.does}-keys`}>
                {each.keys.map((key) => (
                  <kbd key={key}>{NAMES[key] ?? key}</kbd>
                ))}
              </dt>,
              <dd key={each.does}>{each.does}</dd>,
            ])}
          </dl>
        </section>
      ))}
      <label class="keys-letters">
        <input type="checkbox" checked={letters} onChange={(event) => lettersOn.set(event.currentTarget.checked)} />
        <span>Single characters are keys. Switch this off when you speak to your machine rather than type.</span>
      </label>
    </Dialog>
  );
}
