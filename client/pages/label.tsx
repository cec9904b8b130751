import { type ReactNode, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { Label, RevokedReason } from "../../protocol/http/labels.ts";
import { badgeJwtOf, badgePictureOf, labelByCode, labelPdfOf, revokeLabel } from "../api/labels.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Select, TextArea } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { LabelSheet } from "../parts/label-sheet.tsx";
import { Place } from "../parts/place.tsx";
import type { PageParams } from "../routes.ts";
import { fileNameOf, holderOf, wordsOfLabel } from "../views/labels.ts";
import { countryName, longDate } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { CheckForm } from "./labels.tsx";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useForm } from "./portal/use-form.ts";
import "./portal/public.css";

/** `/labels/<code>`: whether a label holds, for everybody who holds one in their hands. */
export default function LabelPage({ params }: { params: PageParams }) {
  return <OpenPage title={t("label.name")}>{(door) => <CheckedLabel door={door} code={params.code ?? ""} />}</OpenPage>;
}

function CheckedLabel({ door, code }: { door: FrontDoor; code: string }) {
  const { asked, again, change } = useAsked(() => labelByCode(code));
  if (asked.state === "asking") {
    return (
      <PortalFrame door={door}>
        <p className="portal-waiting" role="status">
          {t("app.loading")}
        </p>
      </PortalFrame>
    );
  }
  if (asked.state === "here") return <Known door={door} label={asked.value} changed={(label) => change(() => label)} />;
  if (asked.refusal.refused !== "label.unknown") {
    return (
      <PortalFrame door={door} title={t("label.checkTitle")}>
        <Trouble refusal={asked.refusal} again={again} />
      </PortalFrame>
    );
  }
  return (
    <PortalFrame door={door} title={t("label.none")} intro={t("label.noneHint")}>
      <div className="card portal-narrow">
        <CheckForm written={code} />
      </div>
    </PortalFrame>
  );
}

function Known({ door, label, changed }: { door: FrontDoor; label: Label; changed: (label: Label) => void }) {
  const [revoking, setRevoking] = useState(false);
  const holds = label.state === "valid";
  return (
    <PortalFrame
      door={door}
      title={holds ? t("label.valid") : t("label.revoked")}
      side={
        <section className="card public-part" aria-labelledby="facts">
          <h2 id="facts" className="home-head">
            {t("label.facts")}
          </h2>
          <Facts label={label} />
        </section>
      }
    >
      <div className="label-page">
        <p className={`label-state label-state--${label.state}`}>
          <Icon name={holds ? "check-circle" : "warning-circle"} />
          <span>{holds ? t("label.validHint") : <WhyNot label={label} />}</span>
        </p>
        {holds ? <LabelSheet label={label} /> : null}
        {holds ? <Takings label={label} /> : <p className="public-words">{t("label.revokedHint")}</p>}
        {label.revocable ? (
          <p>
            <Button look="danger" onClick={() => setRevoking(true)}>
              {t("label.revoke")}
            </Button>
          </p>
        ) : null}
      </div>
      {revoking ? (
        <RevokeDialog
          code={label.code}
          onClose={() => setRevoking(false)}
          revoked={(after) => {
            changed(after);
            setRevoking(false);
          }}
        />
      ) : null}
    </PortalFrame>
  );
}

function WhyNot({ label: { revokedAt, reason } }: { label: Label }) {
  if (revokedAt === null || reason === null) return null;
  return (
    <>
      {t("label.revokedOn", { date: longDate(revokedAt) })} {t(`label.reason.${reason}`)}
    </>
  );
}

function Takings({ label }: { label: Label }) {
  const { code } = label;
  return (
    <div className="label-takings">
      <ButtonLink look="filled" icon="download-simple" href={labelPdfOf(code)} download>
        {t("label.pdf")}
      </ButtonLink>
      <Button icon="printer" onClick={() => print()}>
        {t("label.print")}
      </Button>
      <ButtonLink icon="seal-check" href={badgePictureOf(code)} download>
        {t("label.badge")}
      </ButtonLink>
      <p className="soft small">
        {t("label.badgeHint")}{" "}
        <a href={badgeJwtOf(code)} download={`${fileNameOf(label)}.jwt`}>
          {t("label.badgeJwt")}
        </a>
      </p>
    </div>
  );
}

function Facts({ label }: { label: Label }) {
  const { school, partners, project, issuedBy, holder } = label;
  return (
    <dl className="facts">
      <Fact name={t("quality.kind")}>{wordsOfLabel(label).name}</Fact>
      {holder === null ? null : (
        <Fact name={t("quality.holder")}>
          <bdi>{holderOf(label)}</bdi>
        </Fact>
      )}
      <Fact name={t("label.school")}>
        <School {...school} />
      </Fact>
      <Fact name={t("label.project")}>
        {project.open ? <a href={`/projects/${encodeURIComponent(project.slug)}`}>{project.title}</a> : project.title}
      </Fact>
      {partners.length === 0 ? null : (
        <Fact name={t("label.partners")}>
          {partners.map((partner) => (
            <School key={`${partner.country} ${partner.name} ${partner.town}`} {...partner} />
          ))}
        </Fact>
      )}
      <Fact name={t("label.issuedOn")}>{longDate(label.issuedAt)}</Fact>
      <Fact name={t("label.issuedBy")}>
        {issuedBy.map(({ name, country }) => (
          <Place key={name} country={country ?? undefined}>
            {name}
          </Place>
        ))}
      </Fact>
      <Fact name={t("label.codeShort")}>{label.code}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="public-fact">{children}</dd>
    </div>
  );
}

function School({ name, town, country }: Label["school"]) {
  return (
    <span className="public-school">
      <span>{name}</span>
      <span className="soft small">
        <Place country={country}>{[town, countryName(country)].filter((part) => part !== "").join(", ")}</Place>
      </span>
    </span>
  );
}

const reasons: readonly RevokedReason[] = ["issuedInError", "projectEnded", "rulesBroken", "schoolLeft"];

/** For the support service of the school's country, and the central one. */
function RevokeDialog({
  code,
  onClose,
  revoked,
}: {
  code: string;
  onClose: () => void;
  revoked: (label: Label) => void;
}) {
  const form = useForm((fields) => {
    const reason = reasons.find((one) => one === fields.get("reason"));
    if (reason === undefined) return { errors: { reason: "form.choose" as const } };
    return revokeLabel(code, { reason, note: String(fields.get("note") ?? "") });
  }, revoked);
  return (
    <Dialog title={t("label.revokeTitle")} onClose={onClose}>
      <form {...form.props} className="form">
        <p>{t("label.revokeHint")}</p>
        <Select
          label={t("label.revokeReason")}
          name="reason"
          error={form.error("reason")}
          choices={[
            { value: "", label: t("form.choose") },
            ...reasons.map((value) => ({ value, label: t(`label.reasonChoice.${value}`) })),
          ]}
        />
        <TextArea
          label={t("label.revokeNote")}
          name="note"
          maxLength={1000}
          hint={t("label.revokeNoteHint")}
          error={form.error("note")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button onClick={onClose} data-first>
            {t("act.cancel")}
          </Button>
          <Button type="submit" look="danger" aria-disabled={form.busy}>
            {t("label.revokeDo")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
