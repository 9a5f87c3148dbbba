using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Notes;

/// <summary>A record of a strategy's log.</summary>
/// <param name="Strategy">Its number.</param>
/// <param name="FieldsLeftOut">That had no room.</param>
/// <param name="Input">Number of the input in whose step it was written.</param>
public sealed record LogRecord(
    Timestamp Time, ushort Strategy, LogLevel Level, string Message, IReadOnlyList<LogField> Fields, int FieldsLeftOut, long Input);
