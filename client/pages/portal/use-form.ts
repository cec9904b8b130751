import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { type Answer, isRefused, type Refusal } from "../../api.ts";
import { errorsOfRefusal, type FieldErrors } from "../../views/field-errors.ts";
import { say } from "../../words/words.ts";

export interface Form {
  /** For the `form` element. Browsers' own bubbles are off: what is wrong is said at the field and stays there. */
  props: {
    ref: RefObject<HTMLFormElement | null>;
    noValidate: true;
    onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  };
  busy: boolean;
  errors: FieldErrors;
  /** The sentence for a field, or undefined when nothing is wrong with it. */
  error: (field: string) => string | undefined;
  /** Why the whole form was refused. */
  refusal: Refusal | undefined;
  focus: (field: string) => void;
}

/**
 * A form whose fields keep what was written through every refusal. `send` reads the fields and either names what is wrong with
 * them or asks the server. While that is being answered, pressing again does nothing.
 */
export function useForm<T>(
  send: (fields: FormData) => Promise<Answer<T>> | { errors: FieldErrors },
  done: (value: T) => void,
): Form {
  const ref = useRef<HTMLFormElement>(null);
  const sending = useRef(false);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<Refusal>();

  const focus = (field: string) => firstControl(ref.current, field)?.focus();

  useEffect(() => {
    const wrong = Object.keys(errors);
    if (wrong.length === 0) return;
    const summary = ref.current?.querySelector<HTMLElement>("[data-summary]");
    if (wrong.length > 1 && summary) summary.focus();
    else firstControl(ref.current, wrong[0] ?? "")?.focus();
  }, [errors]);

  const submit = async (fields: FormData) => {
    const asked = send(fields);
    setRefusal(undefined);
    if ("errors" in asked) return setErrors(asked.errors);
    sending.current = true;
    setBusy(true);
    setErrors({});
    const answer = await asked;
    sending.current = false;
    setBusy(false);
    if (!isRefused(answer)) return done(answer.value);
    const known = Object.entries(errorsOfRefusal(answer)).filter(([field]) => firstControl(ref.current, field));
    if (known.length > 0) setErrors(Object.fromEntries(known));
    else setRefusal(answer);
  };

  return {
    props: {
      ref,
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        if (sending.current) return;
        const { submitter } = event.nativeEvent as SubmitEvent; // React's own type does not tell which event it wraps.
        void submit(new FormData(event.currentTarget, submitter));
      },
    },
    busy,
    errors,
    error: (field) => (errors[field] === undefined ? undefined : say(errors[field], {})),
    refusal,
    focus,
  };
}

function firstControl(form: HTMLFormElement | null, field: string): HTMLElement | undefined {
  const found = form?.elements.namedItem(field);
  if (found instanceof RadioNodeList) return [...found].find((node) => node instanceof HTMLElement);
  return found instanceof HTMLElement ? found : undefined;
}
