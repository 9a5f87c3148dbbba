using Fathom.Tests.Architecture;

namespace Fathom.Tests.Engine.Features.Catalog;

/// <summary>The reference page says what the catalog says. RENEW=1 in front of the run rewrites it.</summary>
public class FeatureCatalogTests
{
    private const string Page = "docs/reference/features.md";
    private const string Remedy = "is not as the catalog has it. If the catalog is right, renew and commit it:\n  RENEW=1 dotnet tests/Fathom.Tests/bin/Debug/net10.0/Fathom.Tests.dll -class '*FeatureCatalogTests'";

    [Fact]
    public void The_page_is_what_the_catalog_says()
    {
        string page = Repository.Read(Page), expected = FeaturePage.Renewed(page);
        if (Environment.GetEnvironmentVariable("RENEW") == "1") File.WriteAllText(Path.Combine(Repository.Root, Page), expected);
        Assert.True(Repository.Read(Page) == expected, $"{Page} {Remedy}");
    }
}
