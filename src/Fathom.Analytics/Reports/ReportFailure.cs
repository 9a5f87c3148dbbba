using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>A strategy that was halted.</summary>
/// <param name="Input">Number of the input in whose step it failed.</param>
/// <param name="Callback">That failed, and the event that it was called for.</param>
/// <param name="Details">What helps to find the cause, several lines.</param>
public sealed record ReportFailure(string Strategy, Timestamp Time, long Input, string Callback, string Message, string Details);
