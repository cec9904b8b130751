import { useEffect, useRef, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { ExportView, ImportView, Leaving } from "../../protocol/twinspace/leaving.ts";
import { copyAt, dropImport, leavingOf, makeCopy, sendProject, takeImport } from "../api/space/leaving.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { StatusLine } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { longDate, sizeInWords } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { SpaceFrame, SpacePage, useSpace } from "./twinspace/space-page.tsx";
import "./leaving/leaving.css";

const lookAgainMs = 1_500;

/** `/twinspace/<slug>/leaving`: the whole project as one file, and one that comes in; for its founders and administrators. */
export default function SpaceLeavingPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("leaving.title")}>
      {(space, door) =>
        space.me.role === "founder" || space.me.role === "teacherAdmin" ? (
          <Both door={door} />
        ) : (
          <SpaceFrame door={door} section="members" title={t("leaving.title")}>
            <EmptyState icon="lock-simple" title={t("leaving.onlyAdmins")} />
          </SpaceFrame>
        )
      }
    </SpacePage>
  );
}

function Both({ door }: { door: FrontDoor }) {
  const { slug } = useSpace();
  const { asked, again } = useAsked(() => leavingOf(slug));
  const isMoving = asked.state === "here" && moves(asked.value);
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(again, lookAgainMs);
    return () => clearInterval(timer);
  }, [isMoving, again]);
  return (
    <SpaceFrame door={door} section="members" title={t("leaving.title")} intro={t("leaving.intro")}>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <>
          <Copies exports={asked.value.exports} again={again} />
          {asked.value.mayImport === null ? null : <Import leaving={asked.value} again={again} />}
        </>
      ) : null}
    </SpaceFrame>
  );
}

const isUnderWay = ({ state }: ExportView): boolean => state === "queued" || state === "running";
const moves = ({ exports, imported }: Leaving): boolean => exports.some(isUnderWay) || imported?.state === "running";

function Copies({ exports, again }: { exports: readonly ExportView[]; again: () => void }) {
  const { slug } = useSpace();
  const make = useAct(() => makeCopy(slug), again);
  const [newest] = exports;
  const ready = exports.find(({ state }) => state === "ready");
  const underWay = newest && isUnderWay(newest) ? newest : undefined;
  return (
    <section className="card form" aria-labelledby="copies">
      <h2 id="copies">{t("leaving.copies")}</h2>
      <p>{t("leaving.whatIs")}</p>
      <p className="soft">{t("leaving.careful")}</p>
      <StatusLine>{newest?.state === "failed" ? t("leaving.failed") : underWay ? saidOf(underWay) : ""}</StatusLine>
      {underWay ? <progress max={100} value={underWay.percent} aria-label={t("leaving.progress")} /> : null}
      {ready ? <Ready copy={ready} /> : null}
      <Trouble refusal={make.refusal} />
      {underWay ? null : (
        <div className="form__acts">
          <Button look={ready ? "outlined" : "filled"} onClick={() => make.run()} aria-disabled={make.busy}>
            {t("leaving.make")}
          </Button>
        </div>
      )}
    </section>
  );
}

const saidOf = ({ state, percent }: ExportView): string =>
  state === "queued" ? t("leaving.queued") : t("leaving.running", { percent });

function Ready({ copy: { id, bytes, askedAt, until } }: { copy: ExportView }) {
  const { slug } = useSpace();
  return (
    <>
      <p>
        {t("leaving.ready", {
          day: longDate(askedAt),
          size: sizeInWords(bytes ?? 0),
          until: longDate(until ?? askedAt),
        })}
      </p>
      <div className="form__acts">
        <ButtonLink look="filled" icon="download-simple" href={copyAt(slug, id)} download>
          {t("leaving.download")}
        </ButtonLink>
      </div>
    </>
  );
}

function Import({ leaving: { mayImport, imported }, again }: { leaving: Leaving; again: () => void }) {
  return (
    <section className="card form" aria-labelledby="import">
      <h2 id="import">{t("leaving.import")}</h2>
      {imported?.state === "done" ? <Done /> : null}
      {imported?.state === "running" ? <StatusLine>{t("leaving.taking")}</StatusLine> : null}
      {mayImport === "readOnly" ? <p>{t("leaving.readOnly")}</p> : null}
      {mayImport === "notEmpty" && imported?.state !== "done" ? <p>{t("leaving.notEmpty")}</p> : null}
      {mayImport !== "yes" || imported?.state === "running" ? null : imported?.state === "read" ? (
        <Preview imported={imported} again={again} />
      ) : (
        <Choose failed={imported} again={again} />
      )}
    </section>
  );
}

function Done() {
  const { slug } = useSpace();
  return (
    <>
      <StatusLine>{t("leaving.taken")}</StatusLine>
      <div className="form__acts">
        <ButtonLink look="filled" href={`/twinspace/${encodeURIComponent(slug)}`}>
          {t("leaving.open")}
        </ButtonLink>
      </div>
    </>
  );
}

function Choose({ failed, again }: { failed: ImportView | null; again: () => void }) {
  const { slug } = useSpace();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ bytes: number; sent: number }>();
  const [refusal, refuse] = useState<Refusal>();
  const send = async () => {
    const file = input.current?.files?.[0];
    if (!file) return input.current?.focus();
    refuse(undefined);
    setSending({ bytes: file.size, sent: 0 });
    const answer = await sendProject(slug, file, (sent) => setSending({ bytes: file.size, sent }));
    setSending(undefined);
    if (isRefused(answer)) refuse(answer);
    else again();
  };
  // The server names its own refusals in the row.
  const why = failed?.why ? ({ refused: failed.why } as Refusal) : undefined;
  return (
    <>
      <p>{t("leaving.importHint")}</p>
      <Trouble refusal={refusal ?? (sending ? undefined : why)} />
      <div className="field">
        <label htmlFor="project-file">{t("leaving.file")}</label>
        <input id="project-file" ref={input} type="file" accept=".zip,application/zip" />
      </div>
      <StatusLine>{sending ? t("leaving.sending") : ""}</StatusLine>
      {sending ? <progress max={sending.bytes} value={sending.sent} aria-label={t("leaving.sent")} /> : null}
      <div className="form__acts">
        <Button onClick={() => void send()} aria-disabled={sending !== undefined}>
          {t("leaving.look")}
        </Button>
      </div>
    </>
  );
}

function Preview({ imported: { id, summary }, again }: { imported: ImportView; again: () => void }) {
  const { slug } = useSpace();
  const take = useAct(() => takeImport(slug, id), again);
  const leave = useAct(() => dropImport(slug, id), again);
  const { title, exportedAt, pages, materials, bytes, calendar, threads, updates, meetings, reportEntries } = summary;
  return (
    <>
      <p>{t("leaving.preview", { title, day: longDate(exportedAt) })}</p>
      <ul className="leaving-list">
        <li>{t("leaving.pages", { count: pages })}</li>
        <li>{t("leaving.materials", { count: materials, size: sizeInWords(bytes) })}</li>
        <li>{t("leaving.calendar", { count: calendar })}</li>
        <li>{t("leaving.threads", { count: threads })}</li>
        <li>{t("leaving.updates", { count: updates })}</li>
        <li>{t("leaving.meetings", { count: meetings })}</li>
        {reportEntries === 0 ? null : <li>{t("leaving.reportEntries", { count: reportEntries })}</li>}
      </ul>
      <p className="soft">{t("leaving.stays")}</p>
      <Trouble refusal={take.refusal ?? leave.refusal} />
      <div className="form__acts">
        <Button look="filled" onClick={() => take.run()} aria-disabled={take.busy}>
          {t("leaving.take")}
        </Button>
        <Button onClick={() => leave.run()} aria-disabled={leave.busy}>
          {t("leaving.leaveIt")}
        </Button>
      </div>
    </>
  );
}
