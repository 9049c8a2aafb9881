import "./board.css";
import { useEffect } from "preact/hooks";
import { session } from "../core/api";
import { useKeys } from "../core/keys";
import { addressIn, usePlace } from "../core/place";
import { href } from "../core/router";
import { useStore } from "../core/store";
import { BoardSettings } from "./BoardSettings";
import { Drawing } from "./Drawing";
import { SerialPort } from "./SerialPort";
import { deviceIdOf } from "./mac";
import { mac, press, readBack, sendIllegal, switchOn } from "./state";

/** A board without hardware: two buttons, an LED and a serial port; what it sends goes through the server's real ports. */
export function BoardView() {
  useEffect(() => void switchOn(), []);
  useKeys("Board", [
    { keys: ["0"], does: "Button 0: toggle the LED, send it over plain TCP", run: () => press(0), once: true },
    { keys: ["1"], does: "Button 1: toggle the LED, send it over TLS", run: () => press(1), once: true },
    { keys: ["x"], does: "Send an illegal packet", run: sendIllegal, once: true },
    { keys: ["r"], does: "Read the LED's register back", run: readBack, once: true },
  ]);
  const address = useStore(mac);
  const viewer = useStore(session)?.role === "viewer";
  return (
    <div class="bench">
      <div class="bench-board">
        <h1>Board</h1>
        {viewer && <p class="warning">Only senders and editors may send: log in with a sender's or an editor's password.</p>}
        {address && <Drawing mac={address} disabled={viewer} />}
        <div class="bar">
          <button type="button" class="button" disabled={viewer} onClick={sendIllegal}>
            Illegal packet <kbd>x</kbd>
          </button>
          <button type="button" class="button" disabled={viewer} onClick={readBack}>
            Read back <kbd>r</kbd>
          </button>
        </div>
      </div>
      <SerialPort />
      <div class="bench-more">
        {address && <Facts device={deviceIdOf(address)} />}
        {address && <BoardSettings mac={address} />}
      </div>
    </div>
  );
}

/** Where it sends, and where what it sent can be seen. */
function Facts({ device }: { device: string }) {
  const place = usePlace();
  const { plain, tls } = place?.ports ?? {};
  return (
    <dl class="bench-facts">
      <dt>Server</dt>
      <dd>
        <span class="mono">{addressIn(place)}</span>
        {place && `, ${plain ? `plain port ${plain}` : "no plain port"}, ${tls ? `TLS port ${tls}` : "no TLS port"}`}
      </dd>
      <dt>Device ID</dt>
      <dd>
        <span class="mono">{device}</span>, the sum of the MAC address' octets: its <a href={href("live", { device })}>messages</a>, its{" "}
        <a href={href(`registers/${device}`)}>registers</a>
      </dd>
    </dl>
  );
}
