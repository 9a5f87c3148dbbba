using System.Text;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Makes what an operator does of the sections <c>[[operator]]</c>.</summary>
internal static class OperatorBinding
{
    private const int CountMax = 10_000;

    /// <summary>In the order of <see cref="OperatorAction"/>, which begins with none.</summary>
    private static readonly string[] Actions = ["kill", "rearm", "reconcile", "resume"];

    /// <param name="owners">Names of the strategies and aggregators, by number.</param>
    /// <param name="start">Of the run; the earliest time where it is not stated.</param>
    /// <param name="end">None where it is not stated.</param>
    /// <exception cref="InputException">A missing or impossible value.</exception>
    public static IReadOnlyList<OperatorOrder> Bind(IReadOnlyList<ConfigSection> sections, IReadOnlyList<string> owners, Timestamp start, Timestamp end)
    {
        if (sections.Count > CountMax) throw new InputException("[[operator]]", $"{sections.Count} of them", $"at most {CountMax}", "Leave some out.");
        return [.. sections.Select(section => BindOne(section, owners, start, end))];
    }

    private static OperatorOrder BindOne(ConfigSection section, IReadOnlyList<string> owners, Timestamp start, Timestamp end)
    {
        Timestamp? at = section.TimestampOrNull("at");
        Duration? after = section.DurationOrNull("after", min: Duration.Zero, max: Duration.FromMilliseconds(366L * 86_400_000));
        if (at is null == after is null) throw section.Refuse("at", "either at or after, which say when it is done", "Write at = 2026-03-02T14:30:00Z, or after = \"10m\" for ten minutes after the run's first message.");
        if (at < start) throw section.Refuse("at", $"a time at or after data.start ({start})", "The run has not begun then: choose a later time.");
        if (at >= end) throw section.Refuse("at", $"a time before data.end ({end})", "The run is over then: choose an earlier time.");
        OperatorAction action = (OperatorAction)(Array.IndexOf(Actions, section.Word("action", Actions)) + 1);
        string? strategy = section.StringOrNull("strategy"), instrument = section.StringOrNull("instrument");
        bool flattens = section.Has("flatten") ? section.Bool("flatten") : section.StringOrNull("flatten") is not null;
        string reason = section.StringOrNull("reason") ?? "";
        RequireSense(section, action, strategy, instrument, flattens, reason);
        OperatorCommand command = new()
        {
            Header = MessageHeader.Create<OperatorCommand>(MessageType.OperatorCommand, source: 0, InstrumentId.None, Timestamp.None, Timestamp.None),
            Action = action,
            Flattens = flattens ? (byte)1 : (byte)0,
            Strategy = strategy is null ? OperatorCommand.AllStrategies : NumberOf(section, strategy, owners),
            Reason = NoteText.Cut(reason),
        };
        return new OperatorOrder(at ?? Timestamp.None, after ?? Duration.Zero, instrument, command, section.Path);
    }

    private static void RequireSense(ConfigSection section, OperatorAction action, string? strategy, string? instrument, bool flattens, string reason)
    {
        bool isSwitch = action is OperatorAction.Kill or OperatorAction.Rearm;
        if (flattens && action != OperatorAction.Kill) throw section.Refuse("flatten", "nothing where action is not \"kill\"", "Only a kill closes positions: remove it.");
        if (instrument is not null && !isSwitch) throw section.Refuse("instrument", "nothing where action is neither \"kill\" nor \"rearm\"", "It concerns all instruments: remove it.");
        if (strategy is not null && action == OperatorAction.Reconcile) throw section.Refuse("strategy", "nothing where action is \"reconcile\"", "It concerns the whole account: remove it.");
        if (action == OperatorAction.Rearm && string.IsNullOrWhiteSpace(reason))
            throw section.Refuse("reason", "a reason, in whole words", "A kill switch is not turned off without one: write reason = \"checked the positions with the venue\".");
        if (Encoding.UTF8.GetByteCount(reason) > NoteText.Length) throw section.Refuse("reason", $"at most {NoteText.Length} bytes of UTF-8", "Make it shorter.");
    }

    private static ushort NumberOf(ConfigSection section, string strategy, IReadOnlyList<string> owners)
    {
        for (int i = 0; i < owners.Count; i++)
            if (owners[i] == strategy) return (ushort)i;
        string fix = NearestName.Find(strategy, owners) is { } near ? $"Did you mean \"{near}\"?" : "A strategy's name is its id, or its name where it has none; without strategy all are concerned.";
        throw section.Refuse("strategy", $"one of {string.Join(", ", owners)}", fix);
    }
}
