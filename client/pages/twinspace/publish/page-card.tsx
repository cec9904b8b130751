import { useState } from "react";
import type { PublicTheme, PublishablePage, PublishingPage } from "../../../../protocol/twinspace/publishing.ts";
import {
  askForPage,
  previewOf,
  publishAgain,
  publishPage,
  refusePage,
  withdrawPage,
} from "../../../api/space/publishing.ts";
import { Button } from "../../../parts/button.tsx";
import { Tag } from "../../../parts/tag.tsx";
import { personName } from "../../../views/people-of-space.ts";
import { sectionPath } from "../../../views/space-sections.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useSpace } from "../space-page.tsx";
import { HeldBack, Warnings } from "./held-back.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

interface Around {
  mayDecide: boolean;
  /** False in a closed project, where public pages can only be taken away and brought back. */
  open: boolean;
  theme: PublicTheme;
  done: (said: string, undo?: () => void) => void;
}

/** A page with its state, what keeps it back and what to do with it. */
export function PublishingPageCard({ page, ...around }: { page: PublishingPage | PublishablePage } & Around) {
  const { slug } = useSpace();
  const published = "state" in page ? page : null;
  return (
    <>
      <div className="publish-head">
        <h3 dir="auto">
          <a href={`${sectionPath(slug, "pages")}/${encodeURIComponent(page.id)}`}>{page.title}</a>
        </h3>
        {published === null ? null : <States page={published} />}
      </div>
      {published === null ? null : <Said page={published} />}
      <HeldBack held={page.held} notOpen={published?.notOpen ?? null} />
      <Warnings warnings={page.warnings} />
      <Acts page={page} published={published} {...around} />
    </>
  );
}

function States({ page: { state, served, changed, takenDown } }: { page: PublishingPage }) {
  return (
    <div className="publish-states">
      {takenDown === null ? null : (
        <Tag tone="bad" icon="shield-check">
          {t("publish.taken")}
        </Tag>
      )}
      {state === "public" && served ? (
        <Tag tone="good" icon="globe-simple">
          {t("publish.state.public")}
        </Tag>
      ) : null}
      {state === "public" && !served && takenDown === null ? (
        <Tag tone="attention" icon="warning">
          {t("publish.notServed")}
        </Tag>
      ) : null}
      {state === "asked" ? (
        <Tag tone="waiting" icon="clock">
          {t("publish.state.asked")}
        </Tag>
      ) : null}
      {state === "withdrawn" || state === "refused" ? <Tag icon="eye-slash">{t(`publish.state.${state}`)}</Tag> : null}
      {changed ? (
        <Tag tone="attention" icon="pencil-simple">
          {t("publish.changedSince")}
        </Tag>
      ) : null}
    </div>
  );
}

function Said({ page: { askedBy, state, note, publicTitle, title, takenDown } }: { page: PublishingPage }) {
  return (
    <>
      {askedBy === null ? null : (
        <p>{t(state === "public" ? "publish.askedByChanges" : "publish.askedBy", { name: personName(askedBy) })}</p>
      )}
      {note === "" ? null : <p className="soft">{t("publish.note", { reason: note })}</p>}
      {state === "public" && publicTitle !== null && publicTitle !== title ? (
        <p className="soft">{t("publish.publicTitle", { title: publicTitle })}</p>
      ) : null}
      {takenDown === null ? null : <p>{t("publish.takenDown", { reason: takenDown.reason })}</p>}
    </>
  );
}

function Acts({
  page,
  published,
  mayDecide,
  open,
  theme,
  done,
}: { page: PublishingPage | PublishablePage; published: PublishingPage | null } & Around) {
  const { slug } = useSpace();
  const { id, title, version } = page;
  const [refusing, setRefusing] = useState(false);
  const again = useAct(
    () => publishAgain(slug, id),
    () => done(t("publish.isAgain", { title })),
  );
  const publish = useAct(
    () => publishPage(slug, id, version),
    () => done(t("publish.published", { title })),
  );
  const withdraw = useAct(
    () => withdrawPage(slug, id),
    () => done(t("publish.withdrawn", { title }), () => again.run()),
  );
  const ask = useAct(
    () => askForPage(slug, id),
    () => done(t("publish.asked")),
  );
  const state = published?.state;
  const isPublic = state === "public";
  const isFree =
    page.held.length === 0 && (published?.notOpen ?? null) === null && (published?.takenDown ?? null) === null;
  const isNew = !isPublic || published?.changed === true;
  const named = (act: string) => ({ "aria-label": t("publish.of", { act, title }) });
  const publishWords = isPublic ? t("publish.act.changes") : t("publish.act.publish");
  const askWords = isPublic ? t("publish.act.askChanges") : t("publish.act.ask");
  return (
    <>
      <div className="publish-acts">
        {mayDecide && open && isNew && isFree ? (
          <Button
            look={state === "asked" ? "filled" : "outlined"}
            size="small"
            aria-disabled={publish.busy}
            onClick={() => publish.run()}
            {...named(publishWords)}
          >
            {publishWords}
          </Button>
        ) : null}
        {!mayDecide &&
        open &&
        isNew &&
        (published?.takenDown ?? null) === null &&
        (published?.askedBy ?? null) === null ? (
          <Button size="small" aria-disabled={ask.busy} onClick={() => ask.run()} {...named(askWords)}>
            {askWords}
          </Button>
        ) : null}
        {mayDecide && isPublic ? (
          <Button
            size="small"
            aria-disabled={withdraw.busy}
            onClick={() => withdraw.run()}
            {...named(t("publish.act.withdraw"))}
          >
            {t("publish.act.withdraw")}
          </Button>
        ) : null}
        {mayDecide && state === "withdrawn" && (published?.takenDown ?? null) === null ? (
          <Button
            size="small"
            aria-disabled={again.busy}
            onClick={() => again.run()}
            {...named(t("publish.act.again"))}
          >
            {t("publish.act.again")}
          </Button>
        ) : null}
        {mayDecide && open && (published?.askedBy ?? null) !== null ? (
          <Button size="small" onClick={() => setRefusing(true)} {...named(t("publish.act.refuse"))}>
            {t("publish.act.refuse")}
          </Button>
        ) : null}
        <a
          className="publish-link"
          href={previewOf(slug, id, version, theme)}
          aria-label={t("publish.lookOf", { title })}
        >
          {t("publish.act.look")}
        </a>
        {published?.served ? (
          <a
            className="publish-link"
            href={`/p/${encodeURIComponent(slug)}/${encodeURIComponent(published.slug)}`}
            aria-label={t("publish.readOf", { title })}
          >
            {t("publish.act.read")}
          </a>
        ) : null}
      </div>
      <Trouble refusal={publish.refusal ?? withdraw.refusal ?? again.refusal ?? ask.refusal} />
      {refusing ? (
        <ReasonDialog
          title={t("publish.refuseTitle", { title })}
          hint={t("publish.reasonHint")}
          act={t("publish.act.refuse").replace("…", "")}
          send={(reason) => refusePage(slug, id, reason)}
          done={() => {
            setRefusing(false);
            done(t("publish.refused", { title }));
          }}
          onClose={() => setRefusing(false)}
        />
      ) : null}
    </>
  );
}
