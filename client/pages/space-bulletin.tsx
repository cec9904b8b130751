import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { bulletinNotes, writeNote } from "../api/space/talk.ts";
import { isRefused } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import type { PageParams } from "../routes.ts";
import { personName } from "../views/people-of-space.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import { RemovedNotice } from "./twinspace/talk/removed.tsx";
import { isTeacherRole, SaidCard } from "./twinspace/talk/said-card.tsx";
import { useSaidPages } from "./twinspace/talk/use-said-pages.ts";
import { WriteForm } from "./twinspace/talk/write-form.tsx";

/** `/twinspace/<slug>/bulletin`: notes among the project's teachers. */
export default function SpaceBulletinPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.bulletin")}>
      {(space, door) =>
        isTeacherRole(space.me.role) ? (
          <Bulletin space={space} door={door} />
        ) : (
          <SpaceFrame door={door} section={null} title={t("space.bulletin")}>
            <EmptyState icon="lock-simple" title={t("bulletin.notYours")} />
          </SpaceFrame>
        )
      }
    </SpacePage>
  );
}

function Bulletin({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const pages = useSaidPages(async (after) => {
    const answer = await bulletinNotes(space.slug, after);
    if (isRefused(answer)) return answer;
    return { value: { rows: answer.value.notes, next: answer.value.next } };
  });
  return (
    <SpaceFrame door={door} section="bulletin" title={t("space.bulletin")} intro={t("bulletin.intro")}>
      {space.open ? (
        <section className="card" aria-label={t("bulletin.write")}>
          <WriteForm
            where="note"
            label={t("bulletin.words")}
            send={t("bulletin.send")}
            rows={3}
            onSend={({ words }) => writeNote(space.slug, words)}
            done={pages.again}
          />
        </section>
      ) : null}
      <Trouble refusal={pages.refusal} again={pages.again} />
      {pages.rows?.length === 0 ? (
        <EmptyState icon="chat-circle-text" title={t("bulletin.none")}>
          {t("bulletin.noneHint")}
        </EmptyState>
      ) : null}
      <ul className="said-list" aria-label={t("bulletin.notes")}>
        {pages.rows?.map((note) => (
          <li key={note.id} className="card said-card">
            <SaidCard
              kind="bulletin"
              said={note}
              name={t("bulletin.theNote", { name: personName(note.author) })}
              label={t("bulletin.words")}
              changed={pages.again}
            />
          </li>
        ))}
      </ul>
      <RemovedNotice changed={pages.again} />
      {pages.hasMore ? (
        <Button aria-disabled={pages.busy} onClick={pages.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
    </SpaceFrame>
  );
}
