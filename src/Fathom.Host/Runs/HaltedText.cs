using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Engine.Loop;

namespace Fathom.Host.Runs;

/// <summary>Why a strategy was halted, in words.</summary>
public static class HaltedText
{
    /// <summary>The event that was being handled: "market_by_order of CLX5", "time_reached"; "the end of the run" after the last one.</summary>
    /// <param name="instruments">By their ids.</param>
    public static string Event(StrategyFailure failure, IReadOnlyList<InstrumentDefinition> instruments)
    {
        if (failure.InputType == MessageType.None) return "the end of the run";
        string type = Words.Of(failure.InputType);
        int index = failure.Instrument.Index;
        return (uint)index < (uint)instruments.Count ? $"{type} of {instruments[index].Symbol}" : type;
    }
}
