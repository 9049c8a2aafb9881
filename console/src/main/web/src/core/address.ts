import { useEffect, useRef, useState } from "preact/hooks";
import { type Query, setQuery, useRoute } from "./router";

/** Browsers refuse to change a page's address too often. */
const REST_MILLIS = 250;

/**
 * Something that is dragged about and stands in the page's address, too: a link brings it back.
 *
 * @param read takes it from the members of the address
 * @param write the members it becomes; an undefined one is taken out
 */
export function useAddress<T>(
  read: (query: Query) => T,
  write: (value: T) => Readonly<Record<string, string | undefined>>,
): [T, (next: T) => void] {
  const { query } = useRoute();
  const address = JSON.stringify(write(read(query)));
  const [value, setValue] = useState(() => read(query));
  const written = useRef(address);
  useEffect(() => {
    // A link or the browser's back button, and not what is written below.
    if (address !== written.current) setValue(read(query));
    written.current = address;
  }, [address]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const members = write(value);
      written.current = JSON.stringify(members);
      setQuery(members);
    }, REST_MILLIS);
    return () => clearTimeout(timer);
  }, [value]);
  return [value, setValue];
}
