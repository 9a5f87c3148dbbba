using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Fathom.Domain.Hashing;

namespace Fathom.Host.CSharp;

/// <summary>What a user's assembly refers to: what it brings along (its own packages, beside it or where its .deps.json says), and what it expects of Fathom.</summary>
internal sealed class AssemblyReferences(string path)
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <summary>Null for what is the program's: Fathom itself and the framework.</summary>
    public string? PathOf(AssemblyName name)
    {
        if (name.Name is null || IsFathom(name.Name) || name.Name.StartsWith("System.Private.", StringComparison.Ordinal)) return null;
        return _resolver.ResolveAssemblyToPath(name);
    }

    /// <summary>Hash of the assembly and of all that it brings along, in the order of their names.</summary>
    /// <exception cref="BadImageFormatException">No assembly.</exception>
    public Hash128 HashWith(byte[] code)
    {
        SortedDictionary<string, byte[]> brought = new(StringComparer.Ordinal);
        Collect(code, brought);
        if (brought.Count == 0) return Xxh3.Hash128(code);
        Xxh3 hash = new();
        hash.Append(code);
        foreach (byte[] bytes in brought.Values) hash.Append(bytes);
        return hash.Finish();
    }

    private void Collect(byte[] code, SortedDictionary<string, byte[]> brought)
    {
        using PEReader file = new([.. code]);
        if (!file.HasMetadata) throw new BadImageFormatException("it has no .NET metadata");
        MetadataReader metadata = file.GetMetadataReader();
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyName name = metadata.GetAssemblyReference(handle).GetAssemblyName();
            if (brought.ContainsKey(name.Name!) || PathOf(name) is not { } found) continue;
            brought.Add(name.Name!, File.ReadAllBytes(found));
            Collect(brought[name.Name!], brought);
        }
    }

    /// <summary>The first type or member of Fathom that an assembly uses and that this Fathom does not have, in one line; null when it has all.</summary>
    public static string? FirstMissing(Module module, byte[] code)
    {
        using PEReader file = new([.. code]);
        MetadataReader metadata = file.GetMetadataReader();
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
            if (IsFathoms(metadata, handle) && Missing(() => module.ResolveType(MetadataTokens.GetToken(handle))) is { } missing) return missing;
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            EntityHandle parent = metadata.GetMemberReference(handle).Parent;
            if (parent.Kind == HandleKind.TypeReference && IsFathoms(metadata, (TypeReferenceHandle)parent) && Missing(() => module.ResolveMember(MetadataTokens.GetToken(handle))) is { } missing)
                return missing;
        }
        return null;
    }

    private static string? Missing(Action resolve)
    {
        try
        {
            resolve();
            return null;
        }
        catch (Exception missing) when (missing is MissingMemberException or TypeLoadException or FileNotFoundException or FileLoadException)
        {
            return $"a use of what this Fathom does not have ({missing.Message.TrimEnd('.')})";
        }
    }

    private static bool IsFathoms(MetadataReader metadata, TypeReferenceHandle handle)
    {
        EntityHandle scope = metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsFathoms(metadata, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => IsFathom(metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)),
            _ => false,
        };
    }

    private static bool IsFathom(string assembly) => assembly is "fathom" || assembly.StartsWith("Fathom.", StringComparison.Ordinal);
}
