import picomatch from 'picomatch'
import { foldName } from './fold-name.ts'

/** Why a file is protected, and by which names: in any folder, whatever the letter case (research/reliability.md 2.1). */
const GROUPS: readonly (readonly [reason: string, patterns: string])[] = [
  [
    'a test: the judge of this work',
    `test/** tests/** __tests__/** spec/** specs/** e2e/** testdata/** fixtures/** __fixtures__/** __snapshots__/** __mocks__/**
    test_*.* *_test.* *-test.* *.test.* *.tests.* *.spec.* *_spec.* *.e2e.* *.cy.* test.* tests.* test-*.* *.bats *.snap
    *Test.java *Tests.java *IT.java *Test.kt *Tests.kt *Test.php *Test.cs *Tests.cs *Test.swift *Tests.swift *Spec.scala
    *Test.scala *Spec.groovy *.feature`,
  ],
  [
    'a check script: the judge of this work',
    `{check,checks,lint,test,tests,run-tests,run_tests,runtests,verify,ci,validate}.{sh,bash,zsh,bat,ps1}`,
  ],
  [
    'configuration of tests or checks: the judge of this work',
    `conftest.py pytest.ini .pytest.ini tox.ini setup.cfg pyproject.toml noxfile.py .coveragerc
    ruff.toml .ruff.toml pylintrc .pylintrc .flake8 mypy.ini .mypy.ini pyrightconfig.json .pyre_configuration
    .eslintrc* eslint.config.* .eslintignore .oxlintrc* oxlint.config.* biome.json* .prettierrc* .prettierignore prettier.config.*
    .stylelintrc* stylelint.config.* tsconfig*.json jsconfig*.json .jshintrc .jscsrc .xo-config* .remarkrc* .markdownlint*
    jest.config.* vitest.config.* vitest.workspace.* vite.config.* karma.conf.* .mocharc* ava.config.* playwright.config.*
    cypress.config.* cypress.json .nycrc* .c8rc* babel.config.* .babelrc* webpack.config.* rollup.config.* rolldown.config.*
    esbuild.config.* tsup.config.* knip.json* codecov.yml .codecov.yml .shellcheckrc .yamllint* .hadolint* .golangci.*
    .rubocop*.yml .rspec phpunit.xml* phpstan.neon* psalm.xml* .php-cs-fixer* .clang-tidy .clang-format .swiftlint.yml
    clippy.toml .clippy.toml rustfmt.toml .rustfmt.toml deny.toml .perlcriticrc .editorconfig checkstyle.xml detekt.yml
    .pre-commit-config.yaml sonar-project.properties FIXES.md lr.yaml`,
  ],
  [
    'something that runs later',
    `.github/** .gitlab/** .circleci/** .buildkite/** .woodpecker/** .teamcity/** .gitlab-ci* .travis.yml .drone.yml
    .woodpecker.yml .cirrus.yml appveyor.yml .appveyor.yml azure-pipelines* bitbucket-pipelines.yml Jenkinsfile* cloudbuild.*
    buildspec.yml .husky/** .githooks/** hooks/{pre-commit,pre-push,pre-receive,post-commit,post-merge,post-checkout,post-receive,commit-msg,prepare-commit-msg,update} lefthook.* .lefthook* .lintstagedrc* .vscode/** .idea/**
    .fleet/** .zed/** .devcontainer/** .envrc .direnv/** .tool-versions mise.toml .mise.toml
    package.json package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock bun.lock bun.lockb deno.lock Cargo.lock
    poetry.lock uv.lock pdm.lock Pipfile.lock Gemfile.lock composer.lock go.sum go.work.sum .npmrc .yarnrc* .yarn/**
    .pnpmfile.* pnpm-workspace.yaml .pypirc pip.conf sitecustomize.py usercustomize.py *.pth .cargo/config* build.rs
    .bashrc .bash_profile .bash_login .profile .zshrc .zshenv .zprofile .zlogin .login .inputrc .vimrc .exrc .gdbinit .lldbinit
    .gitattributes .gitmodules .gitconfig .lfsconfig HEAD
    AGENTS.md AGENT.md CLAUDE*.md GEMINI.md .claude/** .codex/** .gemini/** .cursor* .cursor/** .windsurf* .windsurf/**
    .clinerules* .clinerules/** .roo* .roo/** .aider* .mcp.json mcp.json .continue/** copilot-instructions.md`,
  ],
  [
    'a secret',
    `.env .env.* .env-* *.env .flaskenv *.pem *.key *.p12 *.pfx *.jks *.keystore *.kdbx *.ppk id_rsa* id_dsa* id_ecdsa*
    id_ed25519* authorized_keys known_hosts .netrc _netrc .pgpass .my.cnf .htpasswd .git-credentials credentials
    credentials.json credentials.yml* secrets.{yml,yaml,json,toml} .secrets* service-account*.json .ssh/** .gnupg/** .aws/** .azure/** .kube/**
    .docker/config.json .dockercfg .gcloud/** .terraformrc terraform.tfstate* *.tfvars master.key`,
  ],
]

/** Answers why a path is protected; undefined where it is not. */
export type Protection = (path: string) => string | undefined

/**
 * @param protect patterns that protect more; @param allow patterns that let through what is protected
 */
export function makeProtection(protect: readonly string[], allow: readonly string[]): Protection {
  const isAllowed = pathMatcher(allow)
  const isProtected = pathMatcher(protect)
  const groups = GROUPS.map(([reason, patterns]) => [reason, groupMatcher(patterns.split(/\s+/))] as const)
  return (path) => {
    const folded = path.split('/').map(foldName).join('/')
    if (isAllowed(path)) return undefined
    if (isProtected(path) || isProtected(folded)) return 'protected by --protect'
    return groups.find(([, matches]) => matches(folded))?.[0]
  }
}

/**
 * A test for paths, whatever their letter case. A pattern without a slash is matched against the last part of the path,
 * one with a slash against the whole, and one that is a folder's path also means what lies in it.
 */
function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/+$/, '')).filter((one) => one !== '')
  const tests = plain.flatMap((pattern) => [
    picomatch(pattern, { dot: true, nocase: true, basename: !pattern.includes('/') }),
    picomatch(`${pattern}/**`, { dot: true, nocase: true }),
  ])
  return (path) => plain.includes(path) || tests.some((test) => test(path))
}

/** One expression for all patterns of a group: they are many, and tested at every start. */
function groupMatcher(patterns: readonly string[]): (path: string) => boolean {
  const expression = new RegExp(`(?:^|/)(?:${patterns.map(expressionOf).join('|')})$`, 'i')
  return (path) => expression.test(path)
}

/** `*` is anything within a name, `/**` all that lies in a folder, `{a,b}` either. */
function expressionOf(pattern: string): string {
  return pattern
    .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
    .replaceAll(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
    .replaceAll(/\*\*|\*/g, (stars) => (stars === '**' ? '.+' : '[^/]*'))
}
