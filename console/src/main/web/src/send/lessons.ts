/** A message to learn from, with the escapes that the send box knows. */
export interface Lesson {
  readonly title: string;
  readonly message: string;
}

export const LESSONS: readonly Lesson[] = [
  { title: "A write", message: "W0FAC0B1234" },
  { title: "A read", message: "R0FAC0B" },
  { title: "With line end", message: "W0FAC0B1234\\r\\n" },
];

/** What boards in a class get wrong again and again. */
export const MISTAKES: readonly Lesson[] = [
  { title: "NUL sent too", message: "W0FAC0B1234\\0" },
  { title: "Lower-case command", message: "w0FAC0B1234" },
  { title: "Line end inside", message: "W0FAC\\n0B1234" },
  { title: "A digit too few", message: "W0FAC0B123" },
  { title: "Not a hex digit", message: "W0FAC0B12G4" },
  { title: "Read before a write", message: "R0BAC0B" },
  { title: "0x in front", message: "W0x0FAC0B1234" },
  { title: "A browser", message: "GET / HTTP/1.1\\r\\n\\r\\n" },
];
