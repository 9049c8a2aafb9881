// Requests to the server: JSON, problem details, CSRF, ETags.
import { connection } from "./connection";
import { createStore } from "./store";
import type { Problem, Session } from "./types";

/** Where the API is. */
export const BASE = "/api/v1";

/** Longest that an answer is waited for. */
const ANSWER_MILLIS_MAX = 15_000;

/** Who is here; null until the server has told. */
export const session = createStore<Session | null>(null);

/** A request that was refused or failed; its message can be shown as it is. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number,
    message: string,
    readonly problem: Problem | null = null,
  ) {
    super(message);
  }
}

export interface Answer<T> {
  readonly body: T;
  readonly status: number;
  /** As it came, with its quotes. */
  readonly etag: string | null;
}

export interface RequestOptions {
  readonly method?: "GET" | "PUT" | "PATCH" | "POST" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Requests `path`, such as `/devices` below the API's root, or one that the server gave, as a `next`. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const response = await send(path, options);
  if (!response.ok) throw await refusal(response);
  const body = response.status === 204 ? undefined : await response.json();
  return { body: body as T, status: response.status, etag: response.headers.get("ETag") };
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await request<T>(path, signal ? { signal } : {})).body;
}

/** Why the server refuses a stream, in its words; null where it does not. An event source does not tell. */
export async function refusalOf(path: string): Promise<string | null> {
  const end = new AbortController();
  try {
    const response = await send(path, { headers: { Accept: "text/event-stream" }, signal: end.signal });
    return response.ok ? null : (await refusal(response)).message;
  } finally {
    end.abort();
  }
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers({ Accept: "application/json", ...options.headers });
  const csrf = session.get()?.csrf;
  if (options.method && options.method !== "GET" && csrf) headers.set("X-CSRF-Token", csrf);
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  const limit = AbortSignal.timeout(ANSWER_MILLIS_MAX);
  try {
    const response = await fetch(path.startsWith(BASE) ? path : BASE + path, {
      method: options.method ?? "GET",
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
    });
    connection.set("open");
    return response;
  } catch (failed) {
    if (options.signal?.aborted) throw failed;
    connection.set("lost");
    throw new ApiError(0, "the server does not answer: look whether wwep serve still runs");
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const problem: Problem | null = await response.json().catch(() => null);
  const words = problem?.detail ?? problem?.title ?? `the server answered with status ${response.status}`;
  const current = session.get();
  // The session has ended: the page asks for the password again.
  if (response.status === 401 && current?.role) session.set({ ...current, role: null, csrf: null });
  return new ApiError(response.status, words, problem);
}

export async function loadSession(): Promise<void> {
  session.set(await get<Session>("/session"));
}

export async function logIn(password: string): Promise<void> {
  session.set((await request<Session>("/session", { method: "POST", body: { password } })).body);
}

export async function logOut(): Promise<void> {
  await request("/session", { method: "DELETE" });
  await loadSession();
}

/** What to tell people of something that was thrown. */
export function wordsOf(failed: unknown): string {
  return failed instanceof Error ? failed.message : String(failed);
}
