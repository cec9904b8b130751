import { useState } from "react";
import { Button } from "../../parts/button.tsx";
import { TextField } from "../../parts/field.tsx";
import { doorOf } from "../../views/meeting-code.ts";
import { say, t, type WordKey } from "../../words/words.ts";

/** "Meeting code": a code as it was read aloud, or a whole link that was pasted. */
export function CodeForm({ large = false }: { large?: boolean }) {
  const [wrong, setWrong] = useState<WordKey>();
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const written = String(new FormData(event.currentTarget).get("code"));
        const door = doorOf(written);
        if (door !== undefined) return location.assign(door);
        setWrong(written.trim() === "" ? "front.codeMissing" : "front.codeWrong");
        const box = event.currentTarget.elements.namedItem("code");
        if (box instanceof HTMLElement) box.focus();
      }}
    >
      <TextField
        label={t("front.code")}
        name="code"
        large={large}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={500}
        hint={t("front.codeHint")}
        error={wrong === undefined ? undefined : say(wrong, {})}
        onChange={() => setWrong(undefined)}
      />
      <Button
        type="submit"
        look={large ? "filled" : "outlined"}
        size={large ? "large" : "usual"}
        icon="door-open"
        wide={large}
      >
        {t("front.go")}
      </Button>
    </form>
  );
}
