# SPDX-License-Identifier: GPL-3.0-or-later
"""What is built, and where that comes from."""

import collections
import re

from .rules import rule

BINARIES = re.compile(r'\.(deb|rpm|AppImage|flatpak|jar|whl|exe|dll|so[.0-9]*|bin|run)$')
# What this many digits are said to be the hash of
DIGITS = {'sha256': 64, 'sha512': 128}


def all_modules(package):
    for manifest in package.manifests.values():
        yield from package.modules(manifest)


def all_sources(package, *types):
    """Those of some types, or all, by the name of their module."""
    for manifest in package.manifests.values():
        for name, source in package.sources(manifest):
            if not types or source.get('type') in types:
                yield name, source


@rule('module-no-name', 'A module has a name')
def named(package):
    yield from (str(module)[:60] for module in all_modules(package) if not module.get('name'))


@rule('module-cleanup-debug', 'No module takes away what debuggers need')
def cleanup_debug(package):
    for module in all_modules(package):
        yield from (f'{module.get("name")}: {path}' for path in module.get('cleanup', []) if path.startswith('/lib/debug'))


@rule('module-autotools-non-release-build', 'No module is built for those who debug it')
def release_build(package):
    for module in all_modules(package):
        if module.get('buildsystem', 'autotools') == 'autotools':
            yield from (f'{module.get("name")}: {option}' for option in module.get('config-opts', [])
                        if option.startswith('--enable-debug') and not option.endswith('=no'))


@rule('module-checker-tracks-commits', 'Modules are updated to releases')
def tracks_releases(package):
    yield from (name for name, source in all_sources(package) if 'commit-query' in source.get('x-checker-data', {}))


@rule('module-license-not-installed', 'The licence of each module goes to share/licenses/ID')
def licences(package):
    folder = '${FLATPAK_DEST}/share/licenses/${FLATPAK_ID}'
    for manifest in package.manifests.values():
        modules = list(package.modules(manifest))
        for module in modules:
            commands = module.get('post-install', []) + module.get('build-commands', [])
            if module is modules[-1]:
                if f'share/licenses/{package.app_id}/COPYING' not in package.installed:
                    yield 'ours'
            elif not module.get('license-files') and not any(folder in command for command in commands):
                yield module.get('name')


@rule('source-dir-not-allowed', 'What is published is not built from a folder of this computer')
def no_folder(package):
    yield from (name for name, source in package.sources(package.manifests['release']) if source.get('type') == 'dir')


@rule('source-not-published', 'What is published is not built from files of this computer, nor patched by them')
def published(package):
    for name, source in package.sources(package.manifests['release']):
        if 'url' not in source and source.get('type') not in ('dir', 'git'):
            yield f'{name}: {source}'


@rule('source-prebuilt', 'All is built from source')
def from_source(package):
    for name, source in all_sources(package):
        if source.get('type') in ('extra-data', 'ostree', 'oci') or BINARIES.search(source.get('url', '')):
            yield f'{name}: {source}'


@rule('source-no-checksum', 'Every file has a checksum of the right length')
def checksums(package):
    for name, source in all_sources(package, 'archive', 'file'):
        if {'url', 'md5', 'sha1'} & set(source) == {'url'} and \
                not any(re.fullmatch(f'[0-9a-f]{{{digits}}}', source.get(key, '')) for key, digits in DIGITS.items()):
            yield f'{name}: {source["url"]}'


@rule('source-sha1-deprecated', 'No checksum is one that can be forged')
def sha1(package):
    yield from (name for name, source in all_sources(package, 'archive', 'file') if 'sha1' in source)


@rule('source-md5-deprecated', 'Nor one that anybody can forge')
def md5(package):
    yield from (name for name, source in all_sources(package, 'archive', 'file') if 'md5' in source)


@rule('source-url-not-https', 'Nothing is downloaded in a way that others can change')
def https(package):
    for name, source in all_sources(package, 'archive', 'file'):
        if 'url' in source and not source['url'].startswith('https://'):
            yield f'{name}: {source["url"]}'


@rule('source-dest-filename-is-path', 'The name of a downloaded file is no path')
def file_name(package):
    yield from (f'{name}: {source["dest-filename"]}' for name, source in all_sources(package)
                if '/' in source.get('dest-filename', ''))


@rule('source-git-no-url', 'A repository has an address')
def git_url(package):
    yield from (name for name, source in all_sources(package, 'git') if not source.get('url'))


@rule('source-git-url-not-http', 'It is one that everybody can read from')
def git_http(package):
    yield from (f'{name}: {source["url"]}' for name, source in all_sources(package, 'git')
                if source.get('url') and not source['url'].startswith('https://'))


@rule('source-git-no-tag-commit-branch', 'It is said what is taken from it')
def git_what(package):
    yield from (name for name, source in all_sources(package, 'git') if not {'tag', 'commit', 'branch'} & set(source))


@rule('source-git-no-commit-with-tag', 'That is a tag, and the commit that it stands for')
def git_commit(package):
    for name, source in all_sources(package, 'git'):
        if ('tag' in source) != ('commit' in source):
            yield name


@rule('source-git-commit-wrong-syntax', 'The commit is said in full')
def git_commit_in_full(package):
    for name, source in all_sources(package, 'git'):
        if 'commit' in source and not re.fullmatch('[0-9a-f]{40}', source['commit']):
            yield f'{name}: {source["commit"]}'


@rule('source-git-branch', 'It is nothing that changes')
def git_branch(package):
    yield from (f'{name}: {source["branch"]}' for name, source in all_sources(package, 'git') if 'branch' in source)


@rule('source-git-tag-of-no-release', 'The tag is that of a release which the metainfo tells of')
def git_tag(package):
    tags = {f'v{release.get("version")}' for release in package.info.findall('releases/release')}
    for source in package.own_module(package.manifests['release']).get('sources', []):
        if 'tag' in source and source['tag'] not in tags:
            yield f'{source["tag"]} is not one of {tags}'


@rule('multiple-git-sources-stacked', 'No repository is put over another')
def stacked(package):
    for module in all_modules(package):
        places = collections.Counter(source.get('dest', '.') for source in module.get('sources', [])
                                     if source.get('type') == 'git')
        yield from (f'{module.get("name")}: {place}' for place, number in places.items() if number > 1)
