/** What a finish reason means for an answer. `unknown` is every word that is not in the table. */
export type FinishOutcome =
  | 'complete'
  | 'tool-call'
  | 'length'
  | 'full'
  | 'filtered'
  | 'refused'
  | 'cut'
  | 'overload'
  | 'server'
  | 'unknown'

/**
 * The finish reasons of the providers, normalised. Only the `complete` row is success: a reason that is missing here
 * must not pass for a complete answer. Sources: the API references of OpenAI, Anthropic, Google, Mistral, Cohere, Bedrock,
 * watsonx, Z.ai, DeepSeek, Together, LM Studio, llama.cpp, Ollama, vLLM, SGLang and text-generation-inference.
 */
const WORDS: Readonly<Record<Exclude<FinishOutcome, 'unknown'>, string>> = {
  complete: `stop end_turn stop_sequence complete completed eos eos_token eos_found end_of_sequence end_of_text endoftext
    end finish finished done normal stop_token stop_word word stop_string_found stop_criteria_met succeeded success`,
  'tool-call': `tool_calls tool_call tool_use tool function_call function_calls pause_turn pause tool_plan
    server_tool_use`,
  length: `length max_tokens max_length max_output_tokens max_new_tokens max_completion_tokens token_limit limit
    max_predicted_tokens_reached cutoff truncated error_limit max_output length_limit max_tokens_reached`,
  full: `model_context_window_exceeded context_window_exceeded context_length_exceeded context_length_reached
    model_length context_limit context_full max_context_length`,
  filtered: `content_filter content_filtered safety image_safety recitation image_recitation blocklist
    prohibited_content image_prohibited_content spii sensitive guardrail_intervened guardrail guardrails moderation
    error_toxic blocked flagged language content_policy content_policy_violation model_armor`,
  refused: 'refusal refused',
  cut: `incomplete in_progress queued not_finished user_stopped user_cancel cancelled canceled cancel abort aborted
    model_unloaded interrupted disconnect disconnected`,
  overload: 'insufficient_system_resource overloaded capacity engine_overloaded',
  server: `error failed failure network_error timeout time_limit internal_error server_error malformed_function_call
    unexpected_tool_call malformed_response too_many_tool_calls malformed_tool_use malformed_model_output exception`,
}

const OUTCOMES: ReadonlyMap<string, FinishOutcome> = new Map(
  Object.entries(WORDS).flatMap(([outcome, words]) =>
    words.split(/\s+/).map((word) => [word, outcome as FinishOutcome] as const),
  ),
)

/** From harmless to severe: if a stream has several finish reasons, the most severe one counts. */
const SEVERITY: readonly FinishOutcome[] = [
  'complete',
  'tool-call',
  'unknown',
  'length',
  'full',
  'refused',
  'filtered',
  'cut',
  'overload',
  'server',
]

/** @param word as the server sends it: `MAX_TOKENS`, `content-filter`, `maxPredictedTokensReached` … */
export function finishOutcome(word: string): FinishOutcome {
  return OUTCOMES.get(normalise(word)) ?? 'unknown'
}

/** The more severe of two finish reasons; the first if they are equally severe. */
export function worseFinish(first: string | undefined, second: string): string {
  if (first === undefined) return second
  const severity = (word: string) => SEVERITY.indexOf(finishOutcome(word))
  return severity(second) > severity(first) ? second : first
}

function normalise(word: string): string {
  return word
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
    .replace(/^finish_reason_(?!unspecified)/, '')
    .replace(/^<\|?(.*?)\|?>$/, '$1')
}
