# syntax=docker/dockerfile:1

FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:26-slim
LABEL org.opencontainers.image.title="cost-gateway" \
      org.opencontainers.image.description="One REST API for what a company spends, whoever bills it." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data \
    NODE_COMPILE_CACHE=/app/.compile-cache
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY commands ./commands
COPY routes ./routes
COPY providers ./providers
COPY openapi ./openapi
COPY web ./web
RUN mkdir -p /data .compile-cache && chown node:node /data .compile-cache
USER node
# Starts and stops the gateway once: the image proves that it runs, and its compiled code is there at the first start.
RUN SANDBOX=on AUTH=none PORT=0 DATA_DIR=/tmp/first-start timeout --preserve-status 5 node src/main.ts \
    && rm -rf /tmp/first-start
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
