import type { Command } from "../../../protocol/commands.ts";
import type { MeetingSettings } from "../../../protocol/meeting.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu, type MenuAct } from "../../parts/menu.tsx";
import { t } from "../../words/words.ts";

/** How the floor goes on, and clearing the queue, for the chair. */
export function ChangeFloor({
  settings,
  hands,
  send,
}: {
  settings: MeetingSettings;
  hands: number;
  send: (command: Command) => Promise<boolean>;
}) {
  const rules: MenuAct[] = (["byQueue", "byChair", "fair"] as const).map((next) => ({
    label: t(`next.${next}`),
    chosen: settings.next === next,
    onPress: () => void send({ type: "floor.changeSettings", next }),
  }));
  const clear: MenuAct = {
    label: t("queue.clear"),
    icon: "trash",
    danger: true,
    disabled: hands === 0,
    onPress: () => void send({ type: "floor.clearQueue" }),
  };
  return (
    <span className="queue__change">
      <span className="soft">{t("queue.goesOn")}</span> <strong>{t(`next.${settings.next}`)}</strong>
      <Menu
        className="button button--plain button--small"
        title={t("book.next")}
        trigger={
          <>
            <span>{t("queue.change")}</span>
            <Icon name="caret-down" />
          </>
        }
        acts={[...rules, clear]}
      />
    </span>
  );
}
