// On a busy machine a browser or a mail server of a test may lose a race that nobody would. In CI a test gets one more try; what failed is printed.
if (process.env['CI'] === 'true') jest.retryTimes(1, { logErrorsBeforeRetry: true })
