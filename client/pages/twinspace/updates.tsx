import { useState } from "react";
import type { MaterialCard } from "../../../protocol/twinspace/materials.ts";
import type { Update, Updates as UpdatesPage } from "../../../protocol/twinspace/updates.ts";
import { pictureAt } from "../../api/space/materials.ts";
import { approveUpdate, changeUpdate, pinUpdate, postUpdate, updates } from "../../api/space/talk.ts";
import { isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { Tag } from "../../parts/tag.tsx";
import { personName } from "../../views/people-of-space.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { ChooseMaterial } from "./choose-material.tsx";
import { useSpace } from "./space-page.tsx";
import { RemovedNotice } from "./talk/removed.tsx";
import { SaidCard } from "./talk/said-card.tsx";
import { useSaidPages } from "./talk/use-said-pages.ts";
import { WriteForm } from "./talk/write-form.tsx";

type Image = Update["images"][number];

/** What teachers tell everybody, on Home. Visitors find nothing of it. */
export function Updates() {
  const { me } = useSpace();
  return me.role === "visitor" ? null : <Members />;
}

function Members() {
  const { slug } = useSpace();
  const [mayPost, setMayPost] = useState<UpdatesPage["mayPost"]>("no");
  const [said, say] = useState("");
  const pages = useSaidPages(async (after) => {
    const answer = await updates(slug, after);
    if (isRefused(answer)) return answer;
    setMayPost(answer.value.mayPost);
    return { value: { rows: answer.value.updates, next: answer.value.next } };
  });
  return (
    <section className="home-part" aria-labelledby="updates">
      <h2 id="updates" className="home-head">
        {t("updates.title")}
      </h2>
      {mayPost === "no" ? null : (
        <Post
          isChecked={mayPost === "checked"}
          done={() => {
            say(mayPost === "checked" ? t("updates.waits") : "");
            pages.again();
          }}
        />
      )}
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={pages.refusal} again={pages.again} />
      {pages.rows?.length === 0 ? (
        <EmptyState icon="sparkle" title={t("updates.none")}>
          {mayPost === "no" ? t("updates.noneHint") : t("updates.noneYours")}
        </EmptyState>
      ) : null}
      <ul className="said-list" aria-labelledby="updates">
        {pages.rows?.map((update) => (
          <li key={update.id} className="card said-card">
            <One
              update={update}
              changed={pages.again}
              become={(next) => pages.change((rows) => rows.map((row) => (row.id === next.id ? next : row)))}
            />
          </li>
        ))}
      </ul>
      <RemovedNotice changed={pages.again} />
      {pages.hasMore ? (
        <Button aria-disabled={pages.busy} onClick={pages.more}>
          {t("updates.more")}
        </Button>
      ) : null}
    </section>
  );
}

function Post({ isChecked, done }: { isChecked: boolean; done: () => void }) {
  const { slug } = useSpace();
  const [open, setOpen] = useState(false);
  const [images, setImages] = useState<readonly Image[]>([]);
  if (!open) {
    return (
      <div className="form__acts">
        <Button icon="pencil-simple" onClick={() => setOpen(true)}>
          {t("updates.post")}
        </Button>
      </div>
    );
  }
  return (
    <section className="card" aria-label={t("updates.post")}>
      <WriteForm
        where="update"
        label={t("updates.words")}
        hint={isChecked ? t("updates.checkedHint") : undefined}
        send={t("updates.send")}
        first
        onSend={({ words }) => postUpdate(slug, { words, materials: images.map(({ id }) => id) })}
        done={() => {
          setImages([]);
          setOpen(false);
          done();
        }}
        cancel={() => setOpen(false)}
      >
        <ImagesOf images={images} change={setImages} />
      </WriteForm>
    </section>
  );
}

/** As protocol/twinspace/updates.ts has it. */
const mostImages = 6;

function ImagesOf({ images, change }: { images: readonly Image[]; change: (images: readonly Image[]) => void }) {
  const [choosing, choose] = useState(false);
  const add = ({ id, name, alt, sizes }: MaterialCard) => {
    choose(false);
    if (!images.some((image) => image.id === id)) change([...images, { id, name, alt, sizes }]);
  };
  return (
    <>
      <Shown images={images} remove={(id) => change(images.filter((image) => image.id !== id))} />
      {images.length < mostImages ? (
        <Button icon="plus" size="small" onClick={() => choose(true)}>
          {t("updates.addImage")}
        </Button>
      ) : null}
      {choosing ? <ChooseMaterial kind="image" onChosen={add} onClose={() => choose(false)} /> : null}
    </>
  );
}

function Shown({ images, remove }: { images: readonly Image[]; remove?: (id: string) => void }) {
  const { slug } = useSpace();
  if (images.length === 0) return null;
  return (
    <ul className="said-images">
      {images.map((image) => (
        <li key={image.id}>
          <img src={pictureAt(slug, image, 320)} alt={image.alt} loading="lazy" />
          {remove === undefined ? null : (
            <Button size="small" onClick={() => remove(image.id)}>
              {t("updates.removeImage", { name: image.name })}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function One({ update, changed, become }: { update: Update; changed: () => void; become: (update: Update) => void }) {
  const { slug } = useSpace();
  const { id, pinned, state } = update;
  const [images, setImages] = useState<readonly Image[]>(update.images);
  const approve = useAct(
    () => approveUpdate(slug, id),
    (answer) => become(answer.update),
  );
  const pin = useAct(
    () => pinUpdate(slug, id, !pinned),
    // It moves in the list.
    changed,
  );
  return (
    <>
      <SaidCard
        kind="update"
        said={update}
        name={t("updates.theUpdate", { name: personName(update.author) })}
        label={t("updates.words")}
        tags={
          <>
            {pinned ? <Tag icon="push-pin">{t("thing.pinned")}</Tag> : null}
            {state === "waiting" ? <Tag tone="waiting">{t("updates.waiting")}</Tag> : null}
          </>
        }
        acts={
          update.mayPin
            ? [
                {
                  label: pinned ? t("thing.unpin") : t("thing.pin"),
                  icon: "push-pin",
                  onPress: () => pin.run(),
                },
              ]
            : []
        }
        editing={<ImagesOf images={images} change={setImages} />}
        save={({ words }) => changeUpdate(slug, id, { words, materials: images.map((image) => image.id) })}
        changed={changed}
      >
        <Shown images={update.images} />
      </SaidCard>
      <Trouble refusal={approve.refusal ?? pin.refusal} />
      {update.mayApprove ? (
        <div className="form__acts">
          <Button look="filled" icon="check" onClick={() => approve.run()}>
            {t("updates.approve")}
          </Button>
          <span className="soft">{t("updates.approveHint")}</span>
        </div>
      ) : null}
    </>
  );
}
