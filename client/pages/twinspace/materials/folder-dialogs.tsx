import { useState } from "react";
import type { Crumb, Folder } from "../../../../protocol/twinspace/materials.ts";
import { addLink, allFolders, changeFolder, changeMaterial, makeFolder } from "../../../api/space/materials.ts";
import type { Answer } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { type Choice, Select, TextField } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { ErrorSummary, Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useAsked } from "../../portal/use-asked.ts";
import { useForm } from "../../portal/use-form.ts";
import { useSpace } from "../space-page.tsx";

const textOf = (fields: FormData, name: string): string => String(fields.get(name) ?? "").trim();

/** A new folder, or another name for one. */
export function FolderDialog({
  folder,
  parent,
  done,
  onClose,
}: {
  /** Undefined: a new one. */
  folder?: Folder;
  parent: string | null;
  done: (folder: Folder) => void;
  onClose: () => void;
}) {
  const { slug } = useSpace();
  const form = useForm((fields): Promise<Answer<Folder>> | { errors: { name: "form.wrong" } } => {
    const name = textOf(fields, "name");
    if (name === "") return { errors: { name: "form.wrong" } };
    return folder === undefined ? makeFolder(slug, { name, parent }) : changeFolder(slug, folder.id, { name });
  }, done);
  return (
    <Dialog title={t(folder === undefined ? "materials.newFolder" : "materials.renameFolderNow")} onClose={onClose}>
      <form {...form.props} className="form">
        <TextField
          label={t("materials.folderName")}
          name="name"
          required
          maxLength={80}
          autoComplete="off"
          data-first
          defaultValue={folder?.name ?? ""}
          error={form.error("name")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t(folder === undefined ? "materials.makeFolder" : "materials.saveName")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Another place for a folder or a material. A folder is not moved into itself or below. */
export function MoveDialog({
  what,
  moved,
  onClose,
}: {
  what: { kind: "folder" | "material"; id: string; name: string };
  moved: () => void;
  onClose: () => void;
}) {
  const { slug } = useSpace();
  const { asked, again } = useAsked(() => allFolders(slug));
  const [to, choose] = useState("");
  const move = useAct<unknown, []>(
    () =>
      what.kind === "folder"
        ? changeFolder(slug, what.id, { parent: to || null })
        : changeMaterial(slug, what.id, { folder: to || null }),
    moved,
  );
  const folders = asked.state === "here" ? asked.value.folders : [];
  return (
    <Dialog
      title={t("materials.moveTitle", { name: what.name })}
      onClose={onClose}
      acts={
        <>
          <Button look="filled" aria-disabled={move.busy || asked.state !== "here"} onClick={move.run}>
            {t("materials.moveNow")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </>
      }
    >
      <Trouble refusal={asked.state === "refused" ? asked.refusal : undefined} again={again} />
      <Select
        label={t("materials.moveTo")}
        data-first
        value={to}
        onChoose={choose}
        choices={[
          { value: "", label: t("materials.top") },
          ...placesOf(folders, what.kind === "folder" ? what.id : null),
        ]}
      />
      <Trouble refusal={move.refusal} />
    </Dialog>
  );
}

interface Place extends Crumb {
  parent: string | null;
}

/** Every folder under its whole path, save `without` and what lies in it. */
function placesOf(folders: readonly Place[], without: string | null): Choice[] {
  const below = (parent: string | null, path: string, depth: number): Choice[] =>
    folders
      .filter((folder) => folder.parent === parent && folder.id !== without)
      .flatMap(({ id, name }) => {
        const label = path === "" ? name : `${path} / ${name}`;
        return [{ value: id, label }, ...(depth < 10 ? below(id, label, depth + 1) : [])];
      });
  return below(null, "", 0);
}

/** A link to somewhere on the web. */
export function LinkDialog({
  folder,
  added,
  onClose,
}: {
  folder: string | null;
  added: () => void;
  onClose: () => void;
}) {
  const { slug } = useSpace();
  const form = useForm((fields) => {
    const link = textOf(fields, "link");
    const name = textOf(fields, "name");
    const isWeb = /^https?:\/\/./i.test(link) && URL.canParse(link);
    if (!isWeb) return { errors: { link: "materials.linkWrong" as const } };
    return addLink(slug, { link, name: name || new URL(link).hostname, folder });
  }, added);
  return (
    <Dialog title={t("materials.addLink")} onClose={onClose}>
      <form {...form.props} className="form">
        <ErrorSummary form={form} labels={{ link: t("materials.link"), name: t("materials.linkName") }} />
        <TextField
          label={t("materials.link")}
          name="link"
          type="url"
          required
          inputMode="url"
          maxLength={2000}
          autoComplete="off"
          data-first
          hint={t("materials.linkHint")}
          error={form.error("link")}
        />
        <TextField
          label={t("materials.linkName")}
          name="name"
          maxLength={200}
          autoComplete="off"
          error={form.error("name")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("materials.linkAdd")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
