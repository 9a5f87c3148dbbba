using System.Globalization;
using Fathom.Analytics.Reports;
using Fathom.Analytics.Risk;
using Fathom.Domain.Messages;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Host.Sessions;

namespace Fathom.Host.Runs;

/// <summary>Kill switches and emergency liquidations of a run, a line each, for the screen.</summary>
internal static class RiskNotes
{
    private const int LinesMax = 10;

    public static IEnumerable<string> Of(BacktestResult result)
    {
        RunSummary run = result.Run;
        foreach (RiskEntry kill in result.Risk.Kills.Take(LinesMax)) yield return Of(kill, result);
        long kills = result.Risk.Of(RiskKind.Kill) + result.Risk.Of(RiskKind.Rearm);
        if (kills > LinesMax) yield return $"and {Count(kills - LinesMax)} more changes of kill switches (summary.json lists them)";
        foreach (LiquidationSummary liquidation in run.Liquidations.Take(LinesMax)) yield return Of(liquidation, result);
        if (run.Liquidations.Count > LinesMax) yield return $"and {Count(run.Liquidations.Count - LinesMax)} more liquidations (summary.json lists them)";
    }

    private static string Of(RiskEntry kill, BacktestResult result)
    {
        string scope = Scope(RiskJson.StrategyOf(kill.Strategy, result.Run), RiskJson.SymbolOf(kill.Instrument, result)), why = kill.Text.Length == 0 ? "" : $": {kill.Text}";
        string closes = kill.Flattens ? ", positions are closed" : "";
        return kill.Kind == RiskKind.Kill ? $"kill switch of {scope} on at {kill.Time} by {kill.Measure.Replace('_', ' ')}{closes}{why}" : $"kill switch of {scope} off at {kill.Time}{why}";
    }

    private static string Of(LiquidationSummary liquidation, BacktestResult result)
    {
        string what = $"liquidation of {liquidation.Start} {RiskJson.SymbolOf(liquidation.Instrument, result)} of {RiskJson.StrategyOf(liquidation.Strategy, result.Run)} from {liquidation.Began}";
        string orders = liquidation.Orders == 1 ? "1 order" : $"{Count(liquidation.Orders)} orders";
        if (liquidation.Obstacle == LiquidationObstacle.None) return $"{what}: {liquidation.Left} left at {liquidation.Ended}, {orders}";
        string obstacle = Words.Of(liquidation.Obstacle).Replace('_', ' '), reject = liquidation.RejectReason == ReasonCode.None ? "" : $" ({Words.Of(liquidation.RejectReason).Replace('_', ' ')})";
        return liquidation.Ended.IsNone ? $"{what}: not over, {liquidation.Left} left, {orders}, {obstacle}{reject}" : $"{what}: given up at {liquidation.Ended} with {liquidation.Left} left, {orders}, {obstacle}{reject}";
    }

    private static string Scope(string? strategy, string? symbol) => (strategy, symbol) switch
    {
        (null, null) => "the account",
        (null, _) => symbol,
        (_, null) => strategy,
        _ => $"{strategy} in {symbol}",
    };

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
