import type { Reaction } from "../../protocol/meeting.ts";
import { reactionIcons, reactionsOffered, reactionWords } from "../views/reactions.ts";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import "./reactions.css";

interface ReactionsProps {
  onReact: (reaction: Reaction) => void;
  disabled?: boolean;
}

/** All reactions in the open, each with its word: for a phone's tab. */
export function Reactions({ onReact, disabled = false }: ReactionsProps) {
  return (
    <fieldset className="reactions" aria-label={t("react.name")}>
      {reactionsOffered.map((reaction) => (
        <button
          key={reaction}
          type="button"
          className="button"
          aria-disabled={disabled || undefined}
          onClick={() => {
            if (!disabled) onReact(reaction);
          }}
        >
          <Icon name={reactionIcons[reaction]} />
          <span>{reactionWords(reaction)}</span>
        </button>
      ))}
    </fieldset>
  );
}

/** The same behind one button, where there is less room. */
export function ReactionsMenu({ onReact, disabled = false }: ReactionsProps) {
  return (
    <Menu
      title={t("react.name")}
      trigger={
        <>
          <Icon name="smiley" />
          <span>{t("react.name")}</span>
        </>
      }
      className="button button--small reactions-menu"
      acts={reactionsOffered.map((reaction) => ({
        label: reactionWords(reaction),
        icon: reactionIcons[reaction],
        disabled,
        onPress: () => onReact(reaction),
      }))}
    />
  );
}
