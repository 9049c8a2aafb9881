// Lists the operations of the API by its OpenAPI document, and sends them to this server.

/** An event stream never ends, and a large page would hold up the browser. */
const SHOWN_MAX = 100_000;

const list = document.getElementById("operations");

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function resolve(api, schema) {
  return schema?.$ref ? api.components.schemas[schema.$ref.split("/").at(-1)] : schema;
}

/** A value that fits a schema, to begin with. */
function example(api, given) {
  const schema = resolve(api, given);
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return example(api, schema.anyOf[0]);
  if (schema.type === "integer" || schema.type === "number") return Math.max(1, schema.minimum ?? 0);
  if (schema.type === "boolean") return true;
  if (schema.type === "array") return [example(api, schema.items)];
  if (schema.type !== "object") return schema.pattern?.includes("{2}") ? "05" : "";
  if (schema.propertyNames) return { "05": example(api, schema.additionalProperties) };
  const required = schema.required ?? [];
  return Object.fromEntries(required.map((name) => [name, example(api, schema.properties[name])]));
}

function field(parameter) {
  const { name, description, required } = parameter;
  const text = `${name} (${parameter.in}${required ? "" : ", may be left out"}): ${description}`;
  return element("label", {}, text, element("input", { name: `${parameter.in}:${name}`, required, autocomplete: "off" }));
}

function bodyField(api, requestBody) {
  const schema = requestBody.content["application/json"].schema;
  const value = JSON.stringify(example(api, schema), null, 2);
  return element("label", {}, "body (JSON)", element("textarea", { name: "body", value, spellcheck: false }));
}

/** Cookies need the token of their session with each change. */
async function csrf() {
  const session = await (await fetch("/api/v1/session")).json();
  return session.csrf ? { "X-CSRF-Token": session.csrf } : {};
}

async function request(method, path, form) {
  const headers = { Accept: "application/json, */*;q=0.5" };
  const query = new URLSearchParams();
  let url = path;
  for (const [key, value] of new FormData(form)) {
    const [place, name] = key.split(/:(.*)/s);
    if (place === "path") url = url.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === "query" && value) query.set(name, value);
    else if (place === "header" && value) headers[name] = value;
  }
  if (method !== "GET") Object.assign(headers, await csrf());
  const body = form.elements.body?.value;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return { url: query.size ? `${url}?${query}` : url, options: { method, headers, body } };
}

async function shown(response) {
  const head = `${response.status} ${response.statusText}\n${[...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n")}`;
  let text = await response.text();
  if (/json/.test(response.headers.get("Content-Type") ?? "")) text = JSON.stringify(JSON.parse(text), null, 2);
  return `${head}\n\n${text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text}`;
}

async function send(event, method, path, output) {
  event.preventDefault();
  output.textContent = "…";
  try {
    const { url, options } = await request(method, path, event.target);
    const response = await fetch(url, options);
    output.textContent = `${method} ${url}\n\n${await shown(response)}`;
  } catch (failure) {
    output.textContent = `${failure}: is the server still there?`;
  }
}

function operation(api, path, method, { summary, parameters, requestBody }) {
  const upper = method.toUpperCase();
  const output = element("pre", { ariaLive: "polite" });
  const form = element("form", {}, ...parameters.map(field));
  if (requestBody) form.append(bodyField(api, requestBody));
  form.append(element("button", { type: "submit" }, "Send"), output);
  form.addEventListener("submit", (event) => send(event, upper, path, output));
  const title = element("summary", {}, element("b", {}, upper), element("code", {}, path), " ", element("span", {}, summary));
  return element("details", {}, title, form);
}

async function load() {
  const response = await fetch("/api/v1/openapi.json");
  if (response.status === 401) {
    list.replaceChildren(element("p", {}, "Log in first, in ", element("a", { href: "/" }, "the console"), "."));
    return;
  }
  const api = await response.json();
  list.replaceChildren(
    ...Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, each]) => operation(api, path, method, each))),
  );
}

try {
  await load();
} catch (failure) {
  list.textContent = `${failure}: is the server still there?`;
} finally {
  list.ariaBusy = "false";
}
