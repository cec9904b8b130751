import { type ReactNode, useState } from "react";
import type { ConcernAbout } from "../../../protocol/twinspace/concerns.ts";
import type { Hidden, Thing } from "../../../protocol/twinspace/hidden.ts";
import { hideThing, showThing } from "../../api/space/concerns.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextArea } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu, type MenuAct } from "../../parts/menu.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useForm } from "../portal/use-form.ts";
import { ConcernDialog } from "./concern-dialog.tsx";
import { useSpace } from "./space-page.tsx";
import "./thing-menu.css";

/**
 * The "…" menu that stands on every thing in a TwinSpace: what the feature itself offers, then hiding it (teachers), and for
 * everybody the way to tell somebody about it in confidence.
 */
export function ThingMenu({
  thing,
  name,
  hidden = null,
  mayHide = false,
  changed = () => {},
  acts = [],
}: {
  /** A person can be what a concern is about; nobody hides them. */
  thing: ConcernAbout;
  /** What it is, as it stands in a sentence: "the page Rivers", "Aino's answer". */
  name: string;
  hidden?: Hidden | null;
  /** They are a teacher of the project. */
  mayHide?: boolean;
  /** It was hidden or shown again. */
  changed?: () => void;
  /** The feature's own. */
  acts?: readonly MenuAct[];
}) {
  const { slug, me } = useSpace();
  const [open, setOpen] = useState<"hide" | "concern">();
  const show = useAct((shown: Thing) => showThing(slug, shown), changed);
  const isPupil = me.kind === "pupil";
  const hiding: MenuAct[] =
    thing.kind === "person" || thing.kind === "mail" || !mayHide
      ? []
      : hidden === null
        ? [{ label: t("thing.hideAct"), name: t("thing.hide"), icon: "eye-slash", onPress: () => setOpen("hide") }]
        : [{ label: t("thing.show"), icon: "eye", onPress: () => show.run(thing) }];
  return (
    <>
      <Menu
        name={t("thing.menu", { name })}
        className="button button--plain button--icon thing-menu"
        trigger={<Icon name="dots-three-vertical" />}
        acts={[
          ...acts.filter(({ danger }) => !danger),
          ...hiding,
          {
            label: isPupil ? t("concern.tell") : t("concern.raise"),
            icon: isPupil ? "chat-circle-text" : "flag",
            onPress: () => setOpen("concern"),
          },
          ...acts.filter(({ danger }) => danger),
        ]}
      />
      <Trouble refusal={show.refusal} />
      {open === "concern" ? <ConcernDialog about={thing} name={name} onClose={() => setOpen(undefined)} /> : null}
      {open === "hide" && thing.kind !== "person" && thing.kind !== "mail" ? (
        <HideDialog
          thing={thing}
          name={name}
          onClose={() => setOpen(undefined)}
          done={() => {
            setOpen(undefined);
            changed();
          }}
        />
      ) : null}
    </>
  );
}

/** Stands in the place of something hidden. Teachers read the reason; `children`, the words themselves, are for them alone. */
export function HiddenNote({ hidden, children }: { hidden: Hidden; children?: ReactNode }) {
  return (
    <div className="hidden-note">
      <p className="hidden-note__why">
        <Icon name="eye-slash" />
        <span>{hidden.reason === null ? t("thing.hidden") : t("thing.hiddenWhy", { reason: hidden.reason })}</span>
      </p>
      {hidden.reason === null ? null : children}
    </div>
  );
}

function HideDialog({
  thing,
  name,
  done,
  onClose,
}: {
  thing: Thing;
  name: string;
  done: () => void;
  onClose: () => void;
}) {
  const { slug } = useSpace();
  const form = useForm((fields) => {
    const reason = String(fields.get("reason")).trim();
    if (reason === "") return { errors: { reason: "thing.reasonMissing" } };
    return hideThing(slug, { ...thing, reason });
  }, done);
  return (
    <Dialog title={t("thing.hideTitle", { name })} onClose={onClose}>
      <form {...form.props} className="form">
        <p>{t("thing.hideHint")}</p>
        <TextArea
          label={t("thing.reason")}
          hint={t("thing.reasonHint")}
          name="reason"
          rows={3}
          maxLength={500}
          data-first
          error={form.error("reason")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("thing.hide")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
