# Loop Runner with git and a few checkers: docker run --rm -v "$PWD:/work" -e GROQ_API_KEY loop-runner lr-loop src -- npm test
FROM node:22-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap git python3-pytest shellcheck \
  && rm -rf /var/lib/apt/lists/*
COPY release/loop-runner-*.tgz /tmp/
RUN npm install --global /tmp/loop-runner-*.tgz && rm /tmp/loop-runner-*.tgz
USER node
WORKDIR /work
CMD ["lr-loop", "--help"]
