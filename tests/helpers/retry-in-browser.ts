// On a busy machine a browser may lose a race that nobody would. In CI a test in a browser gets one more try; what failed is printed.
const { testPath } = expect.getState()
if (process.env['CI'] === 'true' && testPath?.endsWith('.browser.test.ts'))
  jest.retryTimes(1, { logErrorsBeforeRetry: true })
