import type { Comment, CommentKind } from "../../../protocol/reports/comments.ts";
import type { CommentActs } from "../../api/report-desk.ts";
import type { IconName } from "../../looks/icons.ts";
import { Button } from "../../parts/button.tsx";
import { TextArea } from "../../parts/field.tsx";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { type Thread, threadsOf } from "../../views/comments.ts";
import { longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";
import { useKeptText } from "../mail/use-kept-text.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useForm } from "../portal/use-form.ts";
import { useOpened } from "./use-opened.ts";
import "./comments.css";

const looks: Readonly<Record<CommentKind, { icon: IconName; tone: Tone }>> = {
  praise: { icon: "hands-clapping", tone: "good" },
  advice: { icon: "lifebuoy", tone: "plain" },
  question: { icon: "question", tone: "waiting" },
  action: { icon: "check-circle", tone: "attention" },
  answer: { icon: "chat-circle-text", tone: "plain" },
};

export interface Commenting {
  /** Who reads them. */
  side: Comment["side"];
  acts: CommentActs;
  /** Whether they may answer, say that something is done, and take back what is their own. */
  mayAnswer: boolean;
  zone: string;
  /** Who reads, so that on a shared computer nobody finds what another one was writing. */
  account: string;
  /** Something was written or taken back. */
  changed: () => void;
}

/** What was said about a report card or one of its entries, with its answers below it. Nothing where nothing was said. */
export function Comments({ comments, ...commenting }: Commenting & { comments: readonly Comment[] }) {
  if (comments.length === 0) return null;
  return (
    <ol className="comments">
      {threadsOf(comments).map((thread) => (
        <li key={thread.comment.id}>
          <InThread thread={thread} {...commenting} />
        </li>
      ))}
    </ol>
  );
}

function InThread({ thread: { comment, answers }, ...commenting }: Commenting & { thread: Thread }) {
  const { mayAnswer, side } = commenting;
  // To what the other side said last; one's own words need none.
  const last = [comment, ...answers].findLast((one) => one.side !== side);
  const waits = last !== undefined && last === [comment, ...answers].at(-1);
  return (
    <>
      <Said comment={comment} {...commenting} />
      {answers.length === 0 ? null : (
        <ol className="comments comments--answers">
          {answers.map((answer) => (
            <li key={answer.id}>
              <Said comment={answer} {...commenting} />
            </li>
          ))}
        </ol>
      )}
      {mayAnswer && waits ? <AnswerForm comment={last} {...commenting} /> : null}
    </>
  );
}

function Said({ comment, side, acts, mayAnswer, zone, changed }: Commenting & { comment: Comment }) {
  const takeBack = useAct(acts.takeBack, changed);
  const { icon, tone } = looks[comment.kind];
  return (
    <article className="comment" data-side={comment.side}>
      <p className="comment__head">
        <Tag tone={tone} icon={icon}>
          {t(`comments.kind.${comment.kind}`)}
        </Tag>
        <strong>{writerOf(comment)}</strong>
        <span className="soft small">{dayIn(comment.at, zone, Date.now())}</span>
        {comment.readers === "services" ? <Tag icon="lock-simple">{t("comments.servicesOnly")}</Tag> : null}
        {comment.kind === "question" && comment.side === "service" ? (
          <Tag tone={comment.answeredAt === null ? "attention" : "good"}>
            {t(comment.answeredAt === null ? "comments.waits" : "comments.answered")}
          </Tag>
        ) : null}
      </p>
      <p className="comment__words">{comment.words}</p>
      {comment.kind === "action" ? (
        <ToDo comment={comment} side={side} acts={acts} mayAnswer={mayAnswer} zone={zone} changed={changed} />
      ) : null}
      {comment.mayRemove && mayAnswer ? (
        <p className="comment__acts">
          <Button size="small" look="plain" aria-disabled={takeBack.busy} onClick={() => takeBack.run(comment)}>
            {t("comments.takeBack")}
          </Button>
          <span className="soft small">{t("comments.takeBackHint")}</span>
        </p>
      ) : null}
      <Trouble refusal={takeBack.refusal} />
    </article>
  );
}

/** A service is named as what it is, a teacher by their name. */
function writerOf({ side, by }: Comment): string {
  if (by === "") return t("comments.gone");
  return side === "service" ? t("comments.byService", { name: by }) : by;
}

/** Something that is to be done by a day; the partners say that it is. */
function ToDo({
  comment,
  acts: { setDone },
  mayAnswer,
  zone,
  changed,
}: Omit<Commenting, "account"> & { comment: Comment }) {
  const act = useAct(setDone ?? (async () => ({ value: undefined })), changed);
  const { dueDay, doneAt } = comment;
  return (
    <>
      <p className="comment__acts">
        {dueDay === null ? null : (
          <span className="small">{t("comments.due", { date: longDate(Date.parse(dueDay)) })}</span>
        )}
        {doneAt === null ? null : (
          <Tag tone="good" icon="check">
            {t("comments.doneOn", { date: dayIn(doneAt, zone, Date.now()) })}
          </Tag>
        )}
        {setDone === undefined || !mayAnswer ? null : (
          <Button size="small" aria-disabled={act.busy} onClick={() => act.run(comment, doneAt === null)}>
            {t(doneAt === null ? "comments.markDone" : "comments.doneUndo")}
          </Button>
        )}
      </p>
      <Trouble refusal={act.refusal} />
    </>
  );
}

/** Behind a button until it is wanted; what was begun comes back after a reload. */
function AnswerForm({ comment, acts, account, changed }: Commenting & { comment: Comment }) {
  const kept = useKeptText(`report answer ${account} ${comment.id}`);
  const { isOpen, open, place } = useOpened(kept.text !== "", "textarea");
  const form = useForm(
    () => {
      const words = kept.text.trim();
      return words === "" ? { errors: { words: "comments.missing" } } : acts.answer(comment, words);
    },
    () => {
      kept.forget();
      open(false);
      changed();
    },
  );
  if (!isOpen) {
    return (
      <div className="comment__acts" ref={place}>
        <Button
          size="small"
          icon="chat-circle-text"
          aria-label={t("comments.answerTo", { name: writerOf(comment) })}
          onClick={() => open(true)}
        >
          {t("comments.answer")}
        </Button>
      </div>
    );
  }
  return (
    <div ref={place}>
      <form {...form.props} className="form comment-form">
        <TextArea
          label={t("comments.yourAnswer")}
          name="words"
          rows={3}
          maxLength={2000}
          value={kept.text}
          onChange={(event) => kept.write(event.target.value)}
          error={form.error("words")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("comments.send")}
          </Button>
          <Button onClick={() => open(false)}>{t("act.cancel")}</Button>
        </div>
      </form>
    </div>
  );
}
