// Which of this browser's boards a tab is: the first that no other tab has. Each keeps its MAC address.
import { recall, remember } from "../core/stored";

const BOARDS_MAX = 100;

/** After a reload the tab's old page may take a moment to let its board go. */
const OWN_MILLIS_MAX = 500;

const HELD = "board";

/** The number of this tab's board, from 1; no other tab gets it until this one is closed. */
export async function claimBoard(): Promise<number> {
  const own = Number(recall(HELD, "sessionStorage"));
  const number = own > 0 && (await take(own, { signal: AbortSignal.timeout(OWN_MILLIS_MAX) })) ? own : await takeAny();
  remember(HELD, String(number), "sessionStorage");
  return number;
}

async function takeAny(): Promise<number> {
  for (let number = 1; number < BOARDS_MAX; number++) {
    if (await take(number, { ifAvailable: true })) return number;
  }
  return BOARDS_MAX;
}

/** Where the browser has no locks, since the page came over an unsafe network, all tabs are one board. */
function take(number: number, options: LockOptions): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const held = navigator.locks.request(`wwep-board-${number}`, options, (lock) => {
      resolve(lock !== null);
      // Until the page is gone.
      return lock === null ? undefined : new Promise<never>(() => {});
    });
    held.catch(() => resolve(false));
  });
}
