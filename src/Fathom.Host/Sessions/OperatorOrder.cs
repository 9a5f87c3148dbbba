using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Sessions;

/// <summary>What an operator is to do in a backtest, and when.</summary>
/// <param name="At">The time; None where it is told from the run's beginning.</param>
/// <param name="After">So long after the first message of the run.</param>
/// <param name="Symbol">Of the instrument that is concerned; null: all.</param>
/// <param name="Command">All but its times and its instrument.</param>
/// <param name="Place">Where it was written.</param>
public sealed record OperatorOrder(Timestamp At, Duration After, string? Symbol, OperatorCommand Command, string Place);
