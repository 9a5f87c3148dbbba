using Fathom.Domain.Messages;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>Short scripts at the venue with zero latency, each of which the oracle has to agree with.</summary>
internal static class VenueRun
{
    /// <summary>Runs the tape; the first action happens after so many market messages, the second after <paramref name="again"/>.</summary>
    public static List<OrderReport> Of(
        Tape tape, int after, Action<ScriptedEngine> action, Action<ScriptedEngine>? second = null, int again = 0, VenueFeatures features = VenueFeatures.All, SessionHours? hours = null)
    {
        int market = 0;
        ScriptedEngine engine = new(LatencyModel.Zero, features: features, hours: hours)
        {
            OnInput = (one, header) =>
            {
                if (SaidText.IsSaid(header.Type)) return;
                market++;
                if (market == after) action(one);
                if (second is not null && market == again) second(one);
            },
        };
        engine.Run(tape);
        Assert.Equal(engine.Expected(tape).Select(said => SaidText.Of(said)), engine.Said.Select(said => SaidText.Of(said)));
        return engine.Reports;
    }

    /// <summary>The action happens after the tape so far; one empty event follows.</summary>
    public static List<OrderReport> AtEndOf(Tape tape, Action<ScriptedEngine> action)
    {
        int after = tape.Messages.Count;
        return Of(tape.Nothing(), after, action);
    }

    public static List<string> Lines(IEnumerable<OrderReport> reports) => [.. reports.Select(Line)];

    private static string Line(OrderReport report) => report.Kind switch
    {
        ReportKind.Filled when report.Liquidity == Liquidity.Taker => $"Took {report.LastQuantity} at {report.LastPrice.ToDecimal():0} leaves {report.Leaves}",
        ReportKind.Filled => $"Filled {report.LastQuantity} leaves {report.Leaves} ahead {report.QueueAhead}",
        ReportKind.Rejected or ReportKind.ReplaceRejected or ReportKind.CancelRejected => $"{report.Kind} {report.Reason}",
        ReportKind.Canceled => $"Canceled {report.Reason} cumulative {report.Cumulative}",
        ReportKind.Replaced when report.Reason != ReasonCode.None => $"Replaced {report.Reason} leaves {report.Leaves}",
        ReportKind.Replaced => $"Replaced leaves {report.Leaves} cumulative {report.Cumulative} ahead {report.QueueAhead}",
        ReportKind.Triggered => $"Triggered leaves {report.Leaves}",
        ReportKind.Expired => $"Expired {report.Reason} cumulative {report.Cumulative}",
        _ => $"{report.Kind} ahead {report.QueueAhead}",
    };
}
