import { counted } from "../core/format";
import { CopyButton } from "../widgets/CopyButton";
import type { Certificate } from "./figures";

const DAYS_SOON = 30;
const DOWNLOADS = [
  { as: "pem", label: "PEM" },
  { as: "der", label: "DER" },
  { as: "c", label: "C array" },
];

/** What TLS shows to boards, and how long it still holds. */
export function Certificates({ certificates }: { certificates: readonly Certificate[] }) {
  return (
    <section class="card part part-wide">
      <h2>Certificates</h2>
      {certificates.length === 0 && <p class="muted">TLS is not served, so there are none.</p>}
      <ul class="certificates">
        {certificates.map((each) => (
          <li key={each.kind}>
            <CertificatePart certificate={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CertificatePart({ certificate }: { certificate: Certificate }) {
  const { kind, subject, names, notBefore, notAfter, sha256, daysLeft } = certificate;
  return (
    <>
      <div class="bar">
        <h3>{kind.toUpperCase()}</h3>
        <span class={`chip ${daysLeft < 0 ? "chip-bad" : daysLeft < DAYS_SOON ? "chip-warn" : "chip-good"}`}>
          {daysLeft < 0 ? "has ended" : `${counted(daysLeft, "day")} left`}
        </span>
        <span class="bar-space" />
        {DOWNLOADS.map(({ as, label }) => (
          <a key={as} class="button" href={`/api/v1/server/certificates/${kind}?as=${as}`} download>
            {label}
          </a>
        ))}
      </div>
      <dl class="facts">
        <dt>Subject</dt>
        <dd>{subject}</dd>
        <dt>Names</dt>
        <dd class="mono">{names.join(", ")}</dd>
        <dt>Holds</dt>
        <dd>
          {notBefore.slice(0, 10)} to {notAfter.slice(0, 10)}
        </dd>
        <dt>SHA-256</dt>
        <dd class="fingerprint">
          <code>{sha256}</code> <CopyButton text={sha256} what="the fingerprint" />
        </dd>
      </dl>
    </>
  );
}
