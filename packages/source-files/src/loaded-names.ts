/** Names that a runner, an interpreter or a build tool loads by itself, with the page of its manual that names them. */
interface LoadedNames {
  readonly source: string
  /** As in `PROTECTED_NAMES`. */
  readonly patterns: string
}

export const LOADED_NAMES: readonly LoadedNames[] = [
  {
    source: 'pytest: Configuration, "Initialization: determining rootdir and configfile"',
    patterns: 'pytest.toml .pytest.toml',
  },
  {
    source:
      'pytest: Writing plugins, "Plugin discovery order at tool startup"; Python packaging: Entry points specification',
    patterns: 'entry_points.txt',
  },
  { source: 'Python: the initialization of sys.path (._pth files); site', patterns: '*._pth' },
  {
    source: 'unittest2/nose2: Configuring nose2; nose: Configuration',
    patterns: 'unittest.cfg nose2.cfg .noserc nose.cfg',
  },
  { source: 'coverage.py: Configuration reference', patterns: '.coveragerc.toml' },
  {
    source: 'pyenv: version files; rbenv, nodenv, nvm, goenv likewise',
    patterns: '.python-version .ruby-version .node-version .nvmrc .go-version',
  },
  { source: 'Node.js: Configuration file (node.config.json)', patterns: 'node.config.json' },
  { source: 'Yarn: Plug’n’Play', patterns: '.pnp.cjs .pnp.js .pnp.loader.mjs' },
  {
    source: 'Bun: bunfig.toml, "preload"; Deno: Configuration',
    patterns: 'bunfig.toml .bunfig.toml deno.json deno.jsonc',
  },
  { source: 'Jest: Code transformation; SWC: Configuration', patterns: '.swcrc jest.setup.* setupTests.*' },
  { source: 'Vitest: Configuration, Workspace; Vite: Configuring', patterns: 'vitest.projects.* vitest.setup.*' },
  { source: 'Mocha: Configuration files (test/mocha.opts up to version 7)', patterns: 'mocha.opts .mocharc' },
  {
    source: 'Jasmine: Configuration; node-tap: Configuration; AVA: Configuration; Wallaby',
    patterns: 'jasmine.json jasmine.mjs jasmine.js .taprc wallaby.js',
  },
  { source: 'bats-core: Writing tests, "setup_suite"', patterns: 'setup_suite.bash' },
  {
    source: 'Minitest: Writing extensions, "*_plugin.rb"; RSpec: Configuration files',
    patterns: 'minitest/*_plugin.rb .rspec-local .simplecov .minitest.rb',
  },
  { source: 'Bundler: bundle config', patterns: '.bundle/**' },
  {
    source: 'PHPUnit: The XML configuration file; PHP: The configuration file',
    patterns: 'phpunit.dist.xml php.ini .user.ini',
  },
  { source: 'cargo-nextest: Configuration; cargo: Configuration', patterns: '.config/nextest.toml' },
  {
    source: 'JUnit 5 User Guide: Configuration parameters, Extension registration by ServiceLoader; TestNG: Listeners',
    patterns: 'junit-platform.properties META-INF/services/{org.junit,org.testng}*',
  },
  { source: 'Maven: Configuring (.mvn); Gradle: Build environment', patterns: '.mvn/** gradle.properties buildSrc/**' },
  {
    source: 'MSBuild: Customize by directory; VSTest: .runsettings',
    patterns: 'Directory.Build.props Directory.Build.targets *.runsettings',
  },
  {
    source: 'CTest: Customizing; CMake: Presets',
    patterns: 'CTestCustom.* CTestConfig.cmake CMakePresets.json CMakeUserPresets.json',
  },
  { source: 'busted: Usage, ".busted"', patterns: '.busted' },
  { source: 'Bazel: Writing bazelrc files', patterns: '.bazelrc' },
]
