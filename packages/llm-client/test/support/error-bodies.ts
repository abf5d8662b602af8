/** An error body as a server sends it, and what it means. */
export interface ErrorBody {
  readonly kind: string
  /** How long it asks to wait, in milliseconds. */
  readonly waitMs: number | undefined
  /** 200 for an error inside an answer. */
  readonly status: number
  readonly server: string
  readonly body: string
}

const ROWS = String.raw`
auth | - | 429 | OpenAI quota | {"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","code":"insufficient_quota"}}
auth | - | 400 | OpenAI hard limit | {"error":{"message":"Billing hard limit has been reached","type":"invalid_request_error","code":"billing_hard_limit_reached"}}
auth | - | 400 | Anthropic credit | {"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."}}
auth | 172800000 | 400 | Anthropic cap | {"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC."}}
auth | - | 402 | DeepSeek | {"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}}
auth | - | 429 | Moonshot | {"error":{"message":"Your account org-1 is suspended due to insufficient balance, please recharge your account or check your plan and billing details","type":"exceeded_current_quota_error"}}
auth | - | 429 | Z.ai balance | {"error":{"code":"1113","message":"Insufficient balance or no resource package. Please recharge."}}
auth | - | 429 | Zhipu balance | {"error":{"code":"1113","message":"您的账户已欠费，请充值后重试。"}}
auth | - | 200 | MiniMax | {"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}
auth | - | 400 | DashScope arrears | {"code":"Arrearage","message":"Access denied, please make sure your account is in good standing."}
auth | - | 402 | OpenRouter credits | {"error":{"message":"This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens, but can only afford 123.","code":402}}
auth | - | 402 | Together | {"error":{"message":"Credit limit exceeded, please add credits","type":"credit_limit"}}
auth | - | 403 | xAI | {"code":"The caller does not have permission to execute the specified operation","error":"Your team has either used all available credits or reached its monthly spending limit."}
auth | - | 402 | Hugging Face | {"error":"You have exceeded your monthly included credits for Inference Providers."}
auth | 5000 | 429 | a wait does not pay | {"error":{"message":"Insufficient balance. Retry after 5 seconds."}}
rate-limit | 1200 | 429 | Groq | {"error":{"message":"Rate limit reached on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443. Please try again in 1.2s. Upgrade at https://console.groq.com/settings/billing","type":"tokens","code":"rate_limit_exceeded"}}
rate-limit | 1400 | 429 | Gemini with words | [{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.\nPlease retry in 1.4s.","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"1s"}]}}]
rate-limit | 34070 | 429 | Gemini, delay only | [{"error":{"code":429,"message":"Quota exceeded, see billing","status":"RESOURCE_EXHAUSTED","details":[{"@type":"x"},{"retryDelay":"34.07s"}]}}]
rate-limit | - | 429 | Gemini, no delay | {"error":{"code":429,"message":"Resource has been exhausted (e.g. check quota).","status":"RESOURCE_EXHAUSTED"}}
rate-limit | 3500 | 429 | Google RPC | {"error":{"message":"Quota","details":[{"retryDelay":{"seconds":"3","nanos":500000000}}]}}
rate-limit | - | 429 | Anthropic | {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your account's rate limit. Please try again later."}}
rate-limit | - | 500 | Anthropic behind a proxy | {"type":"error","error":{"type":"rate_limit_error","message":"Number of request tokens has exceeded your per-minute rate limit"}}
rate-limit | - | 400 | Bedrock | {"__type":"ThrottlingException","message":"Too many tokens, please wait before trying again."}
rate-limit | - | 429 | DashScope | {"code":"Throttling.RateQuota","message":"Requests rate limit exceeded, please try again later."}
rate-limit | - | 429 | Moonshot | {"error":{"message":"We're receiving too many requests at the moment. Please wait a moment and try again.","type":"rate_limit_reached_error"}}
rate-limit | 1000 | 429 | Moonshot, concurrency | {"error":{"message":"Your account reached organization max concurrency: 1, please try again after 1 seconds","type":"rate_limit_reached_error"}}
rate-limit | 5400000 | 429 | Z.ai plan | {"error":{"code":"1308","message":"Usage limit reached for 5 hour. Your limit will reset at 2026-11-29 01:30:00"}}
rate-limit | - | 429 | Mistral | {"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","code":"3505"}
rate-limit | 6000 | 429 | Azure | {"error":{"code":"429","message":"Requests have exceeded token rate limit of your current pricing tier. Please retry after 6 seconds."}}
rate-limit | - | 429 | Cohere trial | {"message":"You are using a Trial key, which is limited to 10 API calls / minute."}
rate-limit | - | 429 | Cloudflare | {"success":false,"errors":[{"code":3040,"message":"Capacity temporarily exceeded, please try again."}]}
rate-limit | - | 200 | Baidu behind 200 | {"error_code":18,"error_msg":"Open api qps request limit reached"}
rate-limit | 2000 | 429 | a field of the body | {"error":{"message":"slow down","retry_after":2}}
rate-limit | 60000 | 429 | OpenRouter metadata | {"error":{"message":"Rate limit exceeded: free-models-per-min.","code":429,"metadata":{"headers":{"X-RateLimit-Remaining":"0","X-RateLimit-Reset":"1795910460000"}}}}
overload | - | 529 | Anthropic overloaded | {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
overload | - | 429 | Moonshot overloaded | {"error":{"message":"The engine is currently overloaded, please try again later","type":"engine_overloaded_error"}}
overload | - | 503 | Gemini overloaded | {"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}}
overload | - | 500 | SambaNova | {"error":{"message":"Model is currently at capacity"}}
overload | - | 503 | Hugging Face loading | {"error":"Model x is currently loading","estimated_time":20}
overload | - | 503 | DeepSeek | {"error":{"message":"Service is too busy. We advise users to temporarily switch"}}
overload | - | 500 | vLLM | {"error":{"message":"no healthy upstream"}}
auth | - | 400 | Gemini key | [{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]
auth | - | 401 | OpenAI key | {"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}
auth | - | 403 | region | {"error":{"message":"Country not supported"}}
request | - | 404 | no such model | {"error":{"message":"The model \u0060x\u0060 does not exist or you do not have access to it.","type":"invalid_request_error","code":"model_not_found"}}
request | - | 422 | FastAPI | {"detail":[{"loc":["body","seed"],"msg":"extra fields not permitted","type":"value_error.extra"}]}
request | - | 400 | an image | {"error":{"message":"Could not process image"}}
server | - | 500 | OpenAI | {"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error"}}
server | - | 504 | a gateway | <html><title>504 Gateway Time-out</title></html>
context | - | 400 | Kimi | {"error":{"message":"Invalid request: Your request exceeded model token limit: 131072 (requested: 140000)"}}
context | - | 400 | MiniMax window | {"error":{"message":"invalid params, context window exceeds limit (2013)"}}
context | - | 400 | Copilot | {"error":{"message":"prompt token count of 70000 exceeds the limit of 64000","code":"model_max_prompt_tokens_exceeded"}}
context | - | 400 | Bedrock | {"message":"Input is too long for requested model."}
context | - | 400 | Cohere | {"message":"too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5000."}
context | - | 400 | Fireworks | {"error":{"message":"The prompt is too long: 40000, model maximum context length: 32767"}}
context | - | 400 | DashScope | {"error":{"message":"Range of input length should be [1, 6000]","code":"invalid_parameter_error"}}
context | - | 400 | llama-cpp-python | {"error":{"message":"Requested tokens (5000) exceed context window of 4096"}}
context | - | 422 | TGI | {"error":"Input validation error: \u0060inputs\u0060 must have less than 4095 tokens. Given: 5000","error_type":"validation"}
context | - | 400 | Zhipu | {"error":{"code":"1261","message":"Prompt exceeds max length"}}
context | - | 400 | OpenAI Responses | {"error":{"message":"Your input exceeds the context window of this model. Please adjust your input and try again.","code":"context_length_exceeded"}}
context | - | 400 | OpenAI limit | {"error":{"message":"Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300,000 tokens."}}
context | - | 400 | Vertex | {"error":{"message":"Unable to submit request because the input token count is 5000 but model only supports up to 4096."}}
context | - | 413 | Groq TPM | {"error":{"message":"Request too large for model \u0060x\u0060 on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size and try again.","code":"rate_limit_exceeded"}}
`

export const ERROR_BODIES: readonly ErrorBody[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [kind = '', wait = '', status = '', server = '', ...body] = row.split(' | ')
    return {
      kind,
      waitMs: wait === '-' ? undefined : Number(wait),
      status: Number(status),
      server,
      body: body.join(' | '),
    }
  })
