import type { ReactNode } from "react";
import type { Label } from "../../protocol/http/labels.ts";
import { holderOf, wordsOfLabel } from "../views/labels.ts";
import { countryName, listOf, longDate } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { QrCode } from "./qr-code.tsx";
import "./label-sheet.css";

/** Letters, above which large type would take more lines than there is room for. */
const longSchool = 60;
const longProject = 90;

/**
 * The label as it is hung up: one sheet of A4, the same words as its PDF. On the screen it is a picture of what is printed, and
 * whoever shows it says its facts beside it.
 */
export function LabelSheet({ label }: { label: Label }) {
  const { school, partners, project, issuedBy, holder } = label;
  const words = wordsOfLabel(label);
  const place = ({ town, country }: { town: string; country: string }) =>
    [town, countryName(country)].filter((part) => part !== "").join(", ");
  const isLong = school.name.length > longSchool || project.title.length > longProject;
  return (
    <div className="label-sheet" data-long={isLong || undefined} aria-hidden="true">
      <div className="label-sheet__banner">
        <div>
          <p className="label-sheet__maker">{t("app.name")}</p>
          <p className="label-sheet__name">{words.name}</p>
          <p>{words.motto}</p>
        </div>
        <Rivers />
      </div>
      <div className="label-sheet__body">
        <Said lead={t("label.given")}>
          <p className="label-sheet__school">{holderOf(label)}</p>
          <p className="label-sheet__place">
            {holder === null || holder.name === null ? place(school) : `${school.name}, ${place(school)}`}
          </p>
        </Said>
        <Said lead={words.for}>
          <p className="label-sheet__project">{project.title}</p>
        </Said>
        {partners.length === 0 ? null : (
          <Said lead={t("label.together")}>
            <p className="label-sheet__place">{listOf(partners.map((one) => `${one.name}, ${place(one)}`))}</p>
          </Said>
        )}
      </div>
      <div className="label-sheet__band">
        <div className="label-sheet__issued">
          <Fact head={t("label.issuedOn")}>{longDate(label.issuedAt)}</Fact>
          <Fact head={t("label.issuedBy")}>{listOf(issuedBy.map(({ name }) => name))}</Fact>
        </div>
        <div>
          <Fact head={t("label.codeShort")}>
            <span className="label-sheet__code">{label.code}</span>
          </Fact>
          <Fact head={t("label.checkAt")}>{label.address.replace(/^https?:\/\//, "")}</Fact>
        </div>
        <QrCode rows={label.qr} name={t("label.qr", { address: label.address })} />
      </div>
    </div>
  );
}

function Said({ lead, children }: { lead: string; children: ReactNode }) {
  return (
    <div className="label-sheet__said">
      <p className="label-sheet__lead">{lead}</p>
      {children}
    </div>
  );
}

function Fact({ head, children }: { head: string; children: ReactNode }) {
  return (
    <div className="label-sheet__fact">
      <p className="label-sheet__lead">{head}</p>
      <p>{children}</p>
    </div>
  );
}

/** Two rivers that meet in the mark. */
function Rivers() {
  return (
    <svg
      className="label-sheet__rivers"
      viewBox="0 0 372 166"
      preserveAspectRatio="xMaxYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <g fill="none" strokeWidth="8">
        <path d="M0-14C50 26 76 119 200 77" stroke="#8fc3e6" />
        <path d="M0 180C50 140 76 47 200 89" stroke="#ffc83d" />
        <path d="M302 74H380" stroke="#8fc3e6" />
        <path d="M302 92H380" stroke="#ffc83d" />
      </g>
      <circle cx="200" cy="83" r="49" fill="#ffc83d" />
      <circle cx="256" cy="83" r="45.5" fill="none" stroke="#f1f6f0" strokeWidth="18" />
    </svg>
  );
}
