using Fathom.Domain.Numerics;

namespace Fathom.Simulation.Generator;

/// <summary>When an instrument's next event comes. Most events answer the one before within microseconds to milliseconds; the others come of themselves, at a pace
/// that switches between calm, normal and busy spells. Trades make answers likelier.</summary>
/// <remarks>A self-exciting (Hawkes) process seen as its clusters: immigrants of a Poisson process, each followed by a chain of answers; the chance of an answer is
/// the branching ratio. Drawing gaps directly costs one look-up where thinning an intensity would cost exponentials.</remarks>
internal struct ArrivalClock
{
    private const int AnswerShare = 43_000, AnswerShareMean = 45_500;       // of 65,536
    private const int ExcitementOfTrade = 6_000, ExcitementMax = 18_000;
    private const int UnitBits = 16;
    private const int SpellEventsMax = 4_096;

    /// <summary>Spells hold more busy events than calm ones: without this the pace would be a fifth above the wanted one.</summary>
    private const double SpellCorrection = 1.2;

    private static readonly QuantileTable Answers =
        new([0, 0.1, 0.3, 0.6, 0.85, 1], [150, 900, 14_000, 160_000, 1_500_000, 20_000_000]);

    private static readonly QuantileTable Unit = QuantileTable.Exponential(1 << UnitBits);

    private readonly long _immigrantMean;
    private readonly int _answerScale;      // in 1/256
    private int _excitement;
    private int _spellEvents;
    private int _spellPace;                 // gap in 1/256 of the normal one

    public ArrivalClock(double eventsPerSecond)
    {
        double mean = 1e9 / eventsPerSecond;
        double share = AnswerShareMean / 65_536.0;
        double answerMean = Math.Min(Answers.Mean, mean * 0.3 / share);
        _answerScale = Math.Max(1, (int)(256 * answerMean / Answers.Mean));
        _immigrantMean = (long)((mean - share * answerMean) / (1 - share) * SpellCorrection);
        _spellPace = 256;
    }

    /// <summary>The event just drawn answers the one before.</summary>
    public bool IsAnswer { get; private set; }

    public long NextGap(ref SplitMix64 random)
    {
        ulong bits = random.NextUInt64();
        IsAnswer = (int)(bits & 0xFFFF) < AnswerShare + _excitement;
        _excitement -= _excitement >> 3;
        if (IsAnswer) return (Answers.Draw(bits >> 16) * _answerScale >> 8) + 1;

        if (--_spellEvents < 0) ChangeSpell(ref random);
        return ((Unit.Draw(bits >> 16) * _immigrantMean >> UnitBits) * _spellPace >> 8) + 1;
    }

    /// <summary>Time as the market feels it: a busy spell moves the value as much faster as it brings events.</summary>
    public readonly long MarketTime(long nanos) => nanos * 256 / _spellPace;

    public void Excite() => _excitement = Math.Min(ExcitementMax, _excitement + ExcitementOfTrade);

    /// <summary>Paces of 2.3, 1 and a half; a busy spell takes more events, so that time is divided about evenly.</summary>
    private void ChangeSpell(ref SplitMix64 random)
    {
        ulong bits = random.NextUInt64();
        _spellPace = (int)(bits & 3) switch { 0 => 110, 1 => 512, _ => 256 };
        _spellEvents = (int)(bits >> 8 & (SpellEventsMax - 1)) * 128 / _spellPace;
    }
}
