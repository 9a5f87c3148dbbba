using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Fills;

/// <summary>Mark-outs of a strategy's fills at one horizon, each fill weighing the same whatever its quantity.</summary>
/// <param name="Strategy">Its number.</param>
/// <param name="Currency">Of the fills, and of the money: there is a row for each currency.</param>
/// <param name="Liquidity">Maker or taker; None stands for all fills together.</param>
/// <param name="Horizon">After the fill.</param>
/// <param name="Count">Fills that have a mid at the horizon.</param>
/// <param name="MeanBps">Basis points of the fill's price; NaN without a fill whose price is not zero.</param>
/// <param name="MeanMoney">Money per fill, multiplier applied; NaN without a fill.</param>
public readonly record struct MarkoutMean(
    ushort Strategy, CurrencyCode Currency, Liquidity Liquidity, Duration Horizon, long Count, double MeanBps, double MeanMoney);
