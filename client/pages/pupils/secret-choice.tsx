import { type WordLanguage, wordLanguages } from "../../../domain/twinspace/easyWords.ts";
import type { WantedSecret } from "../../../protocol/twinspace/pupils.ts";
import { Radios, Select } from "../../parts/field.tsx";
import { languageName } from "../../words/formats.ts";
import { languageTag, t } from "../../words/words.ts";

/** The words are of the reader's language where there are such, else of English. */
export const usualSecret: WantedSecret = { kind: "pictures" };
const usualLanguage = (): WordLanguage => wordLanguages.find((one) => one === languageTag().split("-")[0]) ?? "en";

/** What pupils sign in by. */
export function SecretChoice({ secret, choose }: { secret: WantedSecret; choose: (secret: WantedSecret) => void }) {
  return (
    <>
      <Radios
        label={t("pupils.secret")}
        name="secret"
        value={secret.kind}
        choices={[
          { value: "pictures", label: t("pupils.secretPictures"), hint: t("pupils.secretPicturesHint") },
          { value: "word", label: t("pupils.secretWord"), hint: t("pupils.secretWordHint") },
        ]}
        onChoose={(kind) => choose(kind === "word" ? { kind, language: usualLanguage() } : { kind })}
      />
      {secret.kind === "word" ? (
        <Select
          label={t("pupils.language")}
          value={secret.language}
          choices={wordLanguages.map((value) => ({ value, label: languageName(value) }))}
          onChoose={(language) => choose({ kind: "word", language })}
        />
      ) : null}
    </>
  );
}
