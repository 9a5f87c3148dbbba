using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Loop;

/// <summary>Why a strategy was halted.</summary>
/// <param name="Input">Number of the input in whose step it happened; 0 before the first.</param>
/// <param name="InputType">What that input was; None where there was none, after the last.</param>
/// <param name="Instrument">Whose it was; None where it is about none.</param>
/// <param name="Time">The engine's clock.</param>
/// <param name="Message">One line: the exception's type and message, or the rule that was broken.</param>
/// <param name="Details">The exception with its stack, for display only; empty when there was none.</param>
public sealed record StrategyFailure(
    long Input, MessageType InputType, InstrumentId Instrument, Timestamp Time, StrategyCallback Callback, string Message, string Details);
