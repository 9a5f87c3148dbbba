using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Engine.Loop;

namespace Fathom.Host.Runs;

/// <summary>Why a strategy was halted, in words.</summary>
public static class HaltedText
{
    /// <summary>Where in the user's code: " (Mine.cs:12)", or nothing where the stack names no line.</summary>
    public static string Place(StrategyFailure failure)
    {
        foreach (string line in failure.Details.Split('\n'))
        {
            int file = line.LastIndexOf(" in ", StringComparison.Ordinal), number = line.LastIndexOf(":line ", StringComparison.Ordinal);
            if (file >= 0 && number > file) return $" ({Path.GetFileName(line[(file + 4)..number])}:{line[(number + 6)..].Trim()})";
        }
        return "";
    }

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
