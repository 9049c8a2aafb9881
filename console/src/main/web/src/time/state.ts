/** What a register held at a moment. */
export interface PastRegister {
  readonly device: string;
  readonly register: string;
  /** Null where it is not known. */
  readonly value: number | null;
  readonly hex?: string | null;
  /** The write that brought it, where the history has that. */
  readonly number?: number | null;
  readonly time?: string | null;
  readonly peer?: string | null;
  /** False where the history does not go back far enough to tell. */
  readonly known: boolean;
}

/** Registers at a moment, in the order of devices. */
export interface StatePage {
  /** Of the last write at or before the moment; 0 before the first. */
  readonly number: number;
  readonly time: string | null;
  readonly registers: readonly PastRegister[];
  readonly next: string | null;
}
