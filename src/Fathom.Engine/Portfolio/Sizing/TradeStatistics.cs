namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>What recent trades say. Returns are profits after fees / stakes, so that larger trades do not count for more.</summary>
/// <param name="Scratches">Trades that are neither a win nor a loss.</param>
/// <param name="MeanWin">Of the wins' returns, above zero; NaN without one.</param>
/// <param name="MeanLoss">Of the losses' returns without their sign, above zero; NaN without one.</param>
/// <param name="Mean">Of all returns, scratches included; NaN without one.</param>
/// <param name="Variance">Of all returns, divided by their number less one; NaN with fewer than two.</param>
public readonly record struct TradeStatistics(int Wins, int Losses, int Scratches, double MeanWin, double MeanLoss, double Mean, double Variance)
{
    public int Count => Wins + Losses + Scratches;

    public WinRate WinRate => new(Wins, Losses);

    /// <summary>Average win / average loss; NaN while there is none of either.</summary>
    public double Payoff => MeanWin / MeanLoss;
}
