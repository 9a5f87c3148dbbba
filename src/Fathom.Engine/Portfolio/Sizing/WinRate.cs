namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>What wins and losses say of the probability of a win: the posterior Beta(1 + wins, 1 + losses), which without any says that every probability is as likely.</summary>
/// <param name="Wins">0 or more.</param>
/// <param name="Losses">0 or more; trades that are neither are in none of the two.</param>
public readonly record struct WinRate(int Wins, int Losses)
{
    /// <summary>0 to 1.</summary>
    public double Mean => (1.0 + Wins) / Count;

    /// <summary>Above 0, at most 0.29.</summary>
    public double StandardDeviation => Math.Sqrt(Mean * (1 - Mean) / (Count + 1));

    /// <summary>One standard deviation below the mean, 0 or more: with few trades far below it.</summary>
    public double LowerBound => Math.Max(0, Mean - StandardDeviation);

    private double Count => 2.0 + Wins + Losses;
}
