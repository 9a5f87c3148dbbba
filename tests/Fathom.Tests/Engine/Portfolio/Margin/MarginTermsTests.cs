using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Tests.Engine.Portfolio.Margin;

public class MarginTermsTests
{
    [Fact]
    public void Terms_that_make_sense_are_taken()
    {
        Assert.Null(new MarginTerms().WhatIsWrong());
        Assert.Null(MeasureRig.Terms(10, (0, 50), (1_000, 50), (5_000, 5_000)).WhatIsWrong());
        Assert.Null((MeasureRig.Terms(100, (0, 100))).WhatIsWrong());
        Assert.Null(new MarginTerms { InitialPerContract = 5, MaintenancePerContract = 5 }.WhatIsWrong());
    }

    public static TheoryData<MarginTerms, string> Wrong => new()
    {
        { new MarginTerms { Leverage = 0.9m }, "Leverage is 1 to 1000; found 0.9." },
        { new MarginTerms { Leverage = 1_001m }, "found 1001." },
        { new MarginTerms { InitialPerContract = 0m }, "above zero" },
        { new MarginTerms { MaintenancePerContract = -1m }, "above zero" },
        { new MarginTerms { CloseFeeBps = -1m }, "fee for closing" },
        { MeasureRig.Terms(10, (0, -1)), "found -1." },
        { MeasureRig.Terms(10, (5, 1)), "begins at a notional of zero; found 5." },
        { MeasureRig.Terms(10, (0, 1), (5, 2), (5, 3)), "found 3 bps from 5 behind 2 from 5." },
        { MeasureRig.Terms(10, (0, 2), (5, 1)), "found 1 bps from 5 behind 2 from 0." },
        { MeasureRig.Terms(10, (0, 2)) with { MaintenancePerContract = 5 }, "either by notional or by contract" },
        { MeasureRig.Terms(10, (0, 1_001)), "found 1001 bps at a leverage of 10, which leaves 1000." },
        { MeasureRig.Terms(10, (0, 996)) with { CloseFeeBps = 5 }, "found 1001 bps" },
        { new MarginTerms { InitialPerContract = 5, MaintenancePerContract = 6 }, "found 6 and 5 a contract." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_makes_no_sense_is_told(MarginTerms terms, string expected)
    {
        Assert.Contains(expected, terms.WhatIsWrong(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MeasureRig(margin: new MarginOptions { Usual = terms }));
    }

    [Fact]
    public void A_buffer_is_a_part_of_the_equity()
    {
        Assert.Throws<ArgumentException>(() => new MeasureRig(margin: new MarginOptions { SafetyBuffer = 1 }));
        Assert.Throws<ArgumentException>(() => new MeasureRig(margin: new MarginOptions { SafetyBuffer = -0.1m }));
    }
}
